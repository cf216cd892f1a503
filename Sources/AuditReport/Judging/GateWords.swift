import AuditModel
import AuditPlan

/// Why a check ended as it did, in words.
struct GateWords {
  let figure: ReportFigure
  let side: Gate.Side
  let min: Double?
  let max: Double?

  /// `3 of 12 users exceed 50%`, `all 12 users are within 50%`, `more than 5%`.
  func reason(breaking: Int, of judged: Int) -> String {
    guard figure.isGrouped else {
      return breaking == 0 ? "within the limit: \(bounds)" : "beyond the limit: \(bounds)"
    }
    let groups = Counted(judged, noun.one, plural: noun.many)
    if breaking == 0 {
      return "\(groups.all.lowercasedStart) \(groups.verb) within the limit: \(bounds)"
    }
    return
      "\(breaking) of \(groups.phrase) \(Counted(breaking, "").verb) beyond the limit: \(bounds)"
  }

  /// `at most 50%`, and of which end of the interval where it is not the value itself.
  private var bounds: String {
    let limits = [
      max.map { "at most \(figure.readable($0))" }, min.map { "at least \(figure.readable($0))" },
    ].compactMap(\.self).joined(separator: " and ")
    return switch side {
    case .point: limits
    case .low: "\(limits) at the lower end of the confidence interval"
    case .high: "\(limits) at the upper end of the confidence interval"
    }
  }

  /// What a group is.
  private var noun: (one: String, many: String) {
    switch figure.groups.first {
    case "user": ("user", "users")
    case "definitionId": ("workflow definition", "workflow definitions")
    case "step": ("step", "steps")
    case "failureClass": ("failure category", "failure categories")
    case "workflowType" where figure.groups.count > 1: ("service level", "service levels")
    case "workflowType": ("workflow type", "workflow types")
    case "action": ("action", "actions")
    default: ("group", "groups")
    }
  }
}

extension String {
  /// The same with a small first letter; words of ours.
  fileprivate var lowercasedStart: String { prefix(1).lowercased() + dropFirst() }
}

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
