/// One column of a table: declared once, read by CSV, JSON, data package and page.
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
