/// A table of a metric: a member of its section in report.json, a file in tables/, and a table of the page.
public struct MetricTable: Sendable, Equatable {
  /// Where it is written.
  public struct Place: Sendable, Equatable {
    /// Its key in the section; `nil` when report.json leaves it out.
    public var key: String?
    /// The name of its file in tables/ without extension; `nil` when it has none.
    public var file: String?
    /// How many rows report.json lists at most; the file has all.
    public var listed: Int

    /// Names the places.
    public init(key: String?, file: String?, listed: Int = .max) {
      self.key = key
      self.file = file
      self.listed = listed
    }
  }

  /// Where it is written.
  public var place: Place
  /// Its title for people.
  public var title: String
  /// What its columns are.
  public var fields: [Field]
  /// Its rows, a cell a column.
  public var rows: [[Cell]]

  /// Makes a table of typed rows.
  public init<Row>(
    _ place: Place, title: String, columns: [Column<Row>], rows: some Sequence<Row>
  ) {
    self.place = place
    self.title = title
    fields = columns.map(\.field)
    self.rows = rows.map { row in columns.map { $0.value(row) } }
  }
}
