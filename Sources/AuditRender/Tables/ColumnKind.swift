/// What the values of a column are, in every row alike.
enum ColumnKind: Sendable {
  case text
  case count
  case ratio
  case duration
  case instant
  case day
  case flag

  /// The field type of Frictionless Table Schema.
  var schemaType: String {
    switch self {
    case .text: "string"
    case .count: "integer"
    case .ratio, .duration: "number"
    case .instant: "datetime"
    case .day: "date"
    case .flag: "boolean"
    }
  }

  /// What one of it is, where that has a name.
  var unit: String? {
    switch self {
    case .duration: "ms"
    case .ratio: "1"
    case .text, .count, .instant, .day, .flag: nil
    }
  }

  /// Whether its values line up on the right.
  var isNumeric: Bool {
    switch self {
    case .count, .ratio, .duration: true
    case .text, .instant, .day, .flag: false
    }
  }
}
