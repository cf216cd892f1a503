/// A metric's part of the page: a heading, and what is below it.
public struct MetricPage: Sendable {
  /// The slot of what has none of its own.
  public static let unplaced = "metrics"

  /// The slot of a template that it goes into; those of a slot are a section together.
  public var slot: String
  /// The heading's id.
  public var id: StaticString
  /// Tells apart headings with the same id.
  public var number: Int?
  /// The heading.
  public var title: String
  /// What is below it; a part without blocks leaves no trace but what was not found.
  public var blocks: [PageBlock]
  /// What was looked for and not found, a few words each.
  public var nothingFound: [String]

  /// Makes a part of the page; without an id of its own it has that of its slot.
  public init(
    slot: String, id: StaticString, number: Int? = nil, title: String, blocks: [PageBlock],
    nothingFound: [String] = []
  ) {
    self.slot = slot
    self.id = id
    self.number = number
    self.title = title
    self.blocks = blocks
    self.nothingFound = nothingFound
  }
}

/// A piece of a metric's part of the page.
public indirect enum PageBlock: Sendable {
  /// How blocks of a group are arranged.
  public enum Arrangement: Sendable {
    /// Tables side by side.
    case pair
    /// Small charts beside each other.
    case charts
  }

  /// A paragraph.
  case sentence(Sentence)
  /// A paragraph that explains figures.
  case note(String)
  /// Single values.
  case figures([Figure])
  /// A chart; the number tells its ids apart.
  case chart(Chart, number: Int)
  /// A table.
  case table(PageTable)
  /// Blocks that belong together.
  case group(Arrangement, [PageBlock])
  /// Blocks that are opened in place.
  case details(String, [PageBlock])
}

/// A table on the page: the first rows of a table whose file has all of them.
public struct PageTable: Sendable {
  /// The caption's id.
  public var id: StaticString
  /// Tells apart tables of the same kind.
  public var number: Int?
  /// What it is about, in the server's words.
  public var subject: String?
  /// The caption, the columns, the rows and the file.
  public var content: MetricTable
  /// How many rows are shown at most.
  public private(set) var most = Int.max
  /// How many of them are seen before the others are opened.
  public private(set) var atOnce = 8
  /// Whether the limit of the slot holds too.
  public private(set) var followsSlot = false
  /// The names of columns that are left out where none of the rows shown has a value.
  public private(set) var optional: [String] = []
  /// A last row, about all of them.
  public private(set) var total: [Cell]?
  /// What is drawn beside each row; nothing unless it is said.
  public private(set) var drawing: Drawing?

  /// What is drawn beside each row of a table.
  public enum Drawing: Sendable {
    /// The interval of its rate.
    case interval
    /// A bar of its counts by the names of their columns, in these tones.
    case parts([(column: String, tone: RowChart.Tone)])
  }

  /// Puts a table on the page.
  public init(
    _ id: StaticString, number: Int? = nil, about subject: String? = nil, _ content: MetricTable
  ) {
    (self.id, self.number, self.subject, self.content) = (id, number, subject, content)
  }

  /// Puts rows on the page.
  public init<Row: Sendable>(
    _ id: StaticString, _ caption: String, columns: [Column<Row>], rows: [Row], file: String? = nil
  ) {
    self.init(
      id, MetricTable(.init(key: nil, file: file), title: caption, columns: columns, rows: rows))
  }

  /// The table of some group, told apart by a number.
  public func of(_ subject: String?, number: Int) -> PageTable {
    changed { ($0.subject, $0.number) = (subject, number) }
  }

  /// The same with the slot's limit, and at most some rows.
  public func limitedBySlot(orTo most: Int = .max) -> PageTable {
    changed { ($0.most, $0.followsSlot) = (most, true) }
  }

  /// The same with at most some rows.
  public func limited(to most: Int) -> PageTable { changed { $0.most = most } }

  /// The same with fewer or more rows seen at once.
  public func showing(_ rows: Int) -> PageTable { changed { $0.atOnce = rows } }

  /// The same with a last row.
  public func totalled(_ total: [Cell]) -> PageTable { changed { $0.total = total } }

  /// The same without some columns where they are empty.
  public func omittingEmpty(_ names: [String]) -> PageTable { changed { $0.optional = names } }

  /// The same with a drawing beside each row.
  public func drawn(_ drawing: Drawing) -> PageTable { changed { $0.drawing = drawing } }

  private func changed(_ change: (inout PageTable) -> Void) -> PageTable {
    var table = self
    change(&table)
    return table
  }
}

extension MetricSection {
  /// It is found by its slot: ``page(number:)``.
  public func pages(in report: ReportDocument) -> [MetricPage] { [] }

  /// How many curves are drawn: beyond a handful, pictures are no longer compared, and the table has them all.
  private static let drawnCurves = 6

  /// Whether there is nothing to show but what was not found.
  private var isQuiet: Bool { sentences.isEmpty && charts.isEmpty && !nothingFound.isEmpty }

  /// Its part of the page, with its place among its like from 1, for ids that are unique on the page.
  public func page(number: Int) -> MetricPage {
    MetricPage(
      slot: slot, id: "metric", number: number, title: title,
      blocks: isQuiet
        ? []
        : sentences.map { .sentence($0) } + figureBlocks + chartBlocks(from: number * 100)
          + tableBlocks(from: number * 10) + [.note(caption)], nothingFound: nothingFound)
  }

  /// Lists of patterns are examples: a few say what is meant.
  private var rowsAtOnce: Int { slot == "patterns" ? 3 : 8 }

  private var figureBlocks: [PageBlock] {
    let shown = figures.filter { !$0.field.isDetail && !$0.value.isMissing }
    return shown.isEmpty ? [] : [.figures(shown)]
  }

  private func chartBlocks(from number: Int) -> [PageBlock] {
    var (curves, others): ([PageBlock], [PageBlock]) = ([], [])
    for (index, chart) in charts.enumerated() {
      let block = PageBlock.chart(chart, number: number + index)
      if case .curves = chart { curves.append(block) } else { others.append(block) }
    }
    return (curves.isEmpty ? [] : [.group(.charts, Array(curves.prefix(Self.drawnCurves)))])
      + others
  }

  private func tableBlocks(from number: Int) -> [PageBlock] {
    tables.enumerated().filter { $1.count > 0 && $1.place.isOnPage }.map { index, table in
      .table(
        PageTable("metric-table", number: number + index, table).limitedBySlot()
          .omittingEmpty(table.fields.map(\.name)).showing(rowsAtOnce))
    }
  }
}
