/// A table of a metric: a member of its section in report.json, a file in tables/, and a table of the page.
///
/// Its cells are made when they are asked for: a long list costs what its rows cost.
public struct MetricTable: Sendable {
  /// Where it is written.
  public struct Place: Sendable, Equatable {
    /// Its key in the section; `nil` when report.json leaves it out.
    public var key: String?
    /// The name of its file in tables/ without extension; `nil` when it has none.
    public var file: String?
    /// How many rows report.json lists at most; the file has all.
    public var listed: Int
    /// Whether the page has it: not where a chart says the same in numbers.
    public var isOnPage: Bool

    /// Names the places.
    public init(key: String?, file: String?, listed: Int = .max, isOnPage: Bool = true) {
      self.isOnPage = isOnPage
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
  /// How many rows it has.
  public private(set) var count: Int
  private let cells: @Sendable (Int) -> [Cell]

  /// Makes a table of typed rows; where their type is known, so that a cell costs a call and no more.
  @inlinable
  public init<Rows: RandomAccessCollection & Sendable>(
    _ place: Place, title: String, columns: [Column<Rows.Element>], rows: Rows
  ) where Rows.Index == Int {
    let values = columns.map(\.value)
    self.init(place, title: title, fields: columns.map(\.field), count: rows.count) { index in
      let row = rows[rows.startIndex + index]
      return values.map { $0(row) }
    }
  }

  @usableFromInline
  init(
    _ place: Place, title: String, fields: [Field], count: Int,
    cells: @escaping @Sendable (Int) -> [Cell]
  ) {
    self.place = place
    self.title = title
    self.fields = fields
    self.count = count
    self.cells = cells
  }

  /// Leaves the columns without rows.
  public mutating func removeRows() {
    count = 0
  }

  /// The first rows, a cell a column.
  public func rows(first limit: Int = .max) -> some Sequence<[Cell]> {
    (0..<min(count, limit)).lazy.map(cells)
  }
}

extension MetricTable: Equatable {
  /// Compares what the tables show: cells are computed by closures, which cannot be compared.
  public static func == (left: MetricTable, right: MetricTable) -> Bool {
    left.place == right.place && left.title == right.title && left.fields == right.fields
      && left.rows().elementsEqual(right.rows())
  }
}
