import AuditModel

/// The names of workflow definitions, by which people know them.
struct DefinitionNames {
  private var names: [Name: String] = [:]
  /// Names that several definitions have.
  private var shared: Set<Name> = []

  init(_ population: PopulationDocument) {
    var owners: [Name: Name] = [:]
    for row in population.byDefinition {
      guard let id = row.definitionId, let name = row.definitionName else { continue }
      names[Name(id)] = name
      if let owner = owners[Name(name)], owner != Name(id) { shared.insert(Name(name)) }
      owners[Name(name)] = Name(id)
    }
  }

  /// A group as people know it: a definition by its name, with its id only where another one has the same name.
  func label(of group: String, in figure: ReportFigure) -> String {
    if figure.groups == ["workflowType", "limit"],
      let space = group.utf8.lastIndex(of: UInt8(ascii: " ")),
      let limit = Double(group[group.index(after: space)...])
    {
      return "\(group[..<space]), \(DisplayFormat.duration(milliseconds: limit))"
    }
    guard figure.groupsAreDefinitions else { return group }
    guard let name = names[Name(group)] else { return "definition without a name (\(group))" }
    return shared.contains(Name(name)) ? "\(name) (\(group))" : name
  }
}
