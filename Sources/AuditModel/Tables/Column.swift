/// One column of a table: declared once, read by CSV, JSON, data package and page.
///
/// ```swift
/// struct Approver {
///   var name: String
///   var decisions: Int
/// }
/// let columns: [Column<Approver>] = [
///   Column("approver", "Approver", .text, about: "Who decides.") { .text($0.name) },
///   Column("decisions", "Decisions", .count, about: "How often.") { .count($0.decisions) },
/// ]
/// let table = MetricTable(
///   .init(key: "approvers", file: "approvers"), title: "Approvers", columns: columns,
///   rows: [Approver(name: "ada", decisions: 3)])
/// ```
public struct Column<Row>: Sendable {
  /// What is said of its values.
  public var field: Field
  /// Its value in a row.
  public var value: @Sendable (Row) -> Cell

  /// Declares a column.
  public init(
    _ name: String, _ title: String, _ kind: ColumnKind, about: String,
    value: @escaping @Sendable (Row) -> Cell
  ) {
    field = Field(name, title, kind, about: about)
    self.value = value
  }

  /// The same column, left to the files.
  public var asDetail: Column {
    var column = self
    column.field.isDetail = true
    return column
  }
}

extension Array {
  /// The columns with these names, in this order.
  public func named<Row>(_ names: String...) -> [Column<Row>] where Element == Column<Row> {
    names.compactMap { name in first { $0.field.name == name } }
  }
}

/// What the values of a column are, in every row alike.
public enum ColumnKind: Sendable, Equatable {
  /// Text from the server, or a word of ours.
  case text
  /// How many: it can be added up.
  case count
  /// A number that names something.
  case identifier
  /// A share between 0 and 1.
  case ratio
  /// A plain number, such as a ratio of rates.
  case number
  /// A number whose unit another column names.
  case measure
  /// Milliseconds, perhaps with a fraction.
  case duration
  /// A point in time, in UTC.
  case instant
  /// A day of the report's zone.
  case day
  /// Yes or no.
  case flag
  /// Reference ids, joined in one cell.
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
