/// What the values of a column are, in every row alike.
public enum ColumnKind: Sendable, Equatable {
  case text
  case count
  case identifier
  case ratio
  case number
  case duration
  case instant
  case day
  case flag
  case ids

  /// The field type of Frictionless Table Schema.
  public var schemaType: String {
    switch self {
    case .text, .ids: "string"
    case .count, .identifier: "integer"
    case .ratio, .number, .duration: "number"
    case .instant: "datetime"
    case .day: "date"
    case .flag: "boolean"
    }
  }

  /// What one of it is, where that has a name.
  public var unit: String? {
    switch self {
    case .duration: "ms"
    case .ratio, .number: "1"
    case .text, .count, .identifier, .instant, .day, .flag, .ids: nil
    }
  }

  /// Whether its values line up on the right.
  public var isNumeric: Bool {
    switch self {
    case .count, .identifier, .ratio, .number, .duration: true
    case .text, .instant, .day, .flag, .ids: false
    }
  }
}
