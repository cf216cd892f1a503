/// One column of a table: declared once, read by CSV, data package and page.
struct Column<Row>: Sendable {
  /// Its name in files.
  var name: String
  /// Its title for people.
  var title: String
  /// What its values are.
  var kind: ColumnKind
  /// What it says, in a sentence for the data dictionary.
  var about: String
  /// Its value in a row.
  var value: @Sendable (Row) -> Cell

  init(
    _ name: String, _ title: String, _ kind: ColumnKind, about: String,
    value: @escaping @Sendable (Row) -> Cell
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.about = about
    self.value = value
  }
}

extension Array {
  /// The columns with these names, in this order.
  func named<Row>(_ names: String...) -> [Column<Row>] where Element == Column<Row> {
    names.compactMap { name in first { $0.name == name } }
  }
}
