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
    /// Whether the page has it: not where a chart has the same numbers.
    public var isOnPage: Bool

    /// Names the places.
    public init(key: String?, file: String?, listed: Int = .max, isOnPage: Bool = true) {
      (self.isOnPage, self.key, self.file, self.listed) = (isOnPage, key, file, listed)
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

/// A single value of a metric with what is said of it.
public struct Figure: Sendable, Equatable {
  /// What is said of it.
  public var field: Field
  /// The value.
  public var value: Cell

  /// Makes a figure.
  public init(_ name: String, _ title: String, _ kind: ColumnKind, about: String, _ value: Cell) {
    field = Field(name, title, kind, about: about)
    self.value = value
  }

  /// The same figure, left to report.json.
  public var asDetail: Figure {
    var figure = self
    figure.field.isDetail = true
    return figure
  }

  /// A proportion: k, n, k/n and its Wilson limits.
  public static func rate(
    _ name: String, _ title: String, about: String, _ count: Int, of total: Int
  ) -> [Figure] {
    let rate = WilsonInterval.rate(count, of: total)
    return [
      Figure(name + "_rate", title, .ratio, about: about, .rate(rate)),
      Figure(
        name + "_low", "\(title), lower limit", .ratio, about: "Its lower Wilson 95 % limit.",
        .ratio(rate.low)
      ).asDetail,
      Figure(
        name + "_high", "\(title), upper limit", .ratio, about: "Its upper Wilson 95 % limit.",
        .ratio(rate.high)
      ).asDetail,
      Figure(
        name + "_small", "\(title), few", .flag, about: "Whether it is of fewer than 5.",
        .flag(rate.small)
      ).asDetail,
    ]
  }
}

/// A table on a terminal: of a report, or of checks.
public enum PlainTable {
  private static let longestText = 60

  /// A line of titles and one a row, the first of them; a last line has how many are left out.
  public static func lines(of table: MetricTable, first limit: Int) -> [String] {
    let shown = table.fields.indices.filter { !table.fields[$0].isDetail }
    let heads = shown.map { table.fields[$0].title }
    let rows = table.rows(first: limit).map { row in
      shown.map { TerminalText.sanitized(row[$0].displayText, limit: longestText) }
    }
    let widths = heads.indices.map { column in
      ([heads] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([heads] + rows).map { texts in
      zip(shown, zip(texts, widths)).map { field, cell in
        padded(cell.0, to: cell.1, onTheLeft: table.fields[field].kind.isNumeric)
      }.joined(separator: "  ").trimmingTrailingSpaces()
    }
    return table.count > limit
      ? lines + ["… and \(DisplayFormat.count(table.count - limit)) more"] : lines
  }

  /// A line a row: what was looked at, how it went, what was found.
  public static func of(_ rows: [(name: String, result: String, detail: String)]) -> String {
    let name = rows.map(\.name.count).max() ?? 0
    let result = rows.map(\.result.count).max() ?? 0
    return rows.map { row in
      padded(row.name, to: name) + "  " + padded(row.result, to: result)
        + "  "
        + TerminalText.sanitized(row.detail, limit: 400)
    }.joined(separator: "\n")
  }

  /// A text filled up with spaces.
  private static func padded(_ text: String, to width: Int, onTheLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? spaces + text : text + spaces
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self
    while text.last == " " { text.removeLast() }  // text: blanks of ours
    return text
  }
}
