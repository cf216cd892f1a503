import AuditModel

extension JSONValue {
  /// The names of the definitions in the metrics of a report, by their ids.
  var definitionNames: [Name: String] {
    guard case .array(let rows) = self["population"]?["byDefinition"] else { return [:] }
    let names = rows.compactMap { row -> (Name, String)? in
      guard case .string(let id) = row["definitionId"],
        case .string(let name) = row["definitionName"]
      else { return nil }
      return (Name(id), name)
    }
    return Dictionary(names) { first, _ in first }
  }
}
