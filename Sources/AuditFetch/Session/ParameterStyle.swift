/// How a server wants its query parameters named; a wrong name is silently ignored, so it must be found out.
public enum ParameterStyle: String, Sendable, CaseIterable {
  /// `QueryString`, as documented from version 11 on.
  case bare
  /// `pq.queryString`, as version 10 wants it.
  case prefixed

  /// The names of all parameters, for a message.
  var names: String { InstanceQuery.Parameter.allCases.map(name).joined(separator: ", ") }

  /// The name of a parameter.
  func name(_ parameter: InstanceQuery.Parameter) -> String {
    switch self {
    case .bare: parameter.rawValue.prefix(1).uppercased() + parameter.rawValue.dropFirst()
    case .prefixed: "pq." + parameter.rawValue
    }
  }
}
