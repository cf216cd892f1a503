/// What the values of a column are, in every row alike.
public enum ColumnKind: Sendable, Equatable {
  case text
  case count
  case identifier
  case ratio
  case number
  /// A number whose unit another column names.
  case measure
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
    case .ratio, .number, .measure, .duration: "number"
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
    case .text, .count, .identifier, .measure, .instant, .day, .flag, .ids: nil
    }
  }

  /// Whether its values line up on the right.
  public var isNumeric: Bool {
    switch self {
    case .count, .identifier, .ratio, .number, .measure, .duration: true
    case .text, .instant, .day, .flag, .ids: false
    }
  }
}
