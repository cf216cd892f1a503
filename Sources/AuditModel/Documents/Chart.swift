/// What a metric has to show as a picture, in values; the page draws it and the table beside it has the figures.
public enum Chart: Sendable, Equatable {
  /// How shares grow with time.
  case curves(CurveChart)
  /// Bars, intervals or spans under each other on one scale.
  case rows(RowChart)
  /// Counts in rows and columns, the more the darker.
  case matrix(MatrixChart)
  /// The share that has ended, as it grows with time, estimated.
  case ended(KaplanMeierDocument, of: String?)
  /// Starts and ends per day.
  case days(TrendPeriods)
}

/// Bars, intervals or spans under each other on one scale, each with its name and its figures in words.
public struct RowChart: Sendable, Equatable {
  /// What lies along the drawing.
  public enum Scale: Sendable, Equatable {
    /// Shares, from 0 to the round share that holds the largest.
    case shares
    /// Counts, from 0.
    case counts
    /// Durations in milliseconds, logarithmic.
    case durations
    /// Instants in milliseconds, over the days of a window.
    case days(Window)
  }

  /// How a part looks; the order is that from good to nothing known.
  public enum Tone: Sendable, CaseIterable {
    /// It ended as it should: complete, in time.
    case good
    /// It ended otherwise, and nothing is wrong with that, such as a rejection.
    case fair
    /// It failed, or took too long.
    case bad
    /// It has not ended.
    case open
    /// Nothing is known, or another instance took over.
    case other
  }

  /// A name in the key of a chart whose bars have several parts.
  public struct KeyEntry: Sendable, Equatable {
    /// What the part is.
    public var name: String
    /// How it looks.
    public var tone: Tone

    /// Makes an entry.
    public init(_ name: String, _ tone: Tone) {
      (self.name, self.tone) = (name, tone)
    }
  }

  /// What is drawn in a row.
  public enum Mark: Sendable, Equatable {
    /// Parts of a bar from zero on, in the tones of the key.
    case parts([Double])
    /// A rate with its interval.
    case interval(RateDocument)
    /// From the first value to the last, with a tick at each; nothing without any.
    case span([Double])
  }

  /// A row.
  public struct Row: Sendable, Equatable {
    /// What it is about.
    public var name: Sentence
    /// What is drawn.
    public var mark: Mark
    /// The same in words.
    public var figures: String

    /// Makes a row.
    public init(_ name: Sentence, _ mark: Mark, figures: String) {
      (self.name, self.mark, self.figures) = (name, mark, figures)
    }
  }

  /// What it shows.
  public var title: String
  /// What the rows are.
  public var subject: String
  /// What the scale is.
  public var measure: String
  /// What the figures are.
  public var figures: String
  /// The scale of all rows.
  public var scale: Scale
  /// What the parts of the bars are, from the left; a single one needs no name.
  public var key: [KeyEntry]
  /// The rows.
  public var rows: [Row]

  /// Makes a chart.
  public init(
    title: String, subject: String, measure: String, figures: String = "In figures", scale: Scale,
    key: [KeyEntry] = [], rows: [Row]
  ) {
    self.title = title
    self.subject = subject
    self.measure = measure
    self.figures = figures
    self.scale = scale
    self.key = key
    self.rows = rows
  }

  /// Counts of kinds, each with its share of all of them.
  public static func counts(
    _ title: String, by subject: String, of measure: String, _ kinds: [(name: Sentence, count: Int)]
  ) -> RowChart {
    let total = kinds.map(\.count).reduce(0, +)
    return RowChart(
      title: title, subject: subject, measure: measure, figures: "Number · share",
      scale: .counts,
      rows: kinds.map { kind in
        Row(
          kind.name, .parts([Double(kind.count)]),
          figures: "\(DisplayFormat.count(kind.count)) · "
            + DisplayFormat.percent(total == 0 ? 0 : Double(kind.count) / Double(total)))
      })
  }
}

/// The shares of some group that have ended in each way, as they grow with the time since the start.
public struct CurveChart: Sendable, Equatable {
  /// The shares by a time.
  public struct Point: Sendable, Equatable {
    /// Milliseconds since the start.
    public var time: Int64
    /// The shares that are Complete, Rejected and Failed by then.
    public var shares: [Double]
    /// Whether the table has this time too.
    public var isInTable: Bool

    /// Makes a point.
    public init(time: Int64, shares: [Double], isInTable: Bool) {
      (self.time, self.shares, self.isInTable) = (time, shares, isInTable)
    }
  }

  /// What it shows.
  public var title: String
  /// What it is about, in the server's words.
  public var subject: String?
  /// The points by time, ascending; the shares stay as they are between them.
  public var points: [Point]

  /// Makes a chart.
  public init(title: String, subject: String?, points: [Point]) {
    (self.title, self.subject, self.points) = (title, subject, points)
  }
}

/// Counts in rows and columns.
public struct MatrixChart: Sendable, Equatable {
  /// The name of a row.
  public enum RowName: Sendable, Equatable {
    /// A word of ours.
    case word(String)
    /// A text from the server.
    case name(String?)
  }

  /// What it shows.
  public var title: String
  /// What the columns are.
  public var axis: String
  /// The columns.
  public var columns: [String]
  /// The rows with their counts.
  public var rows: [(name: RowName, counts: [Int])]

  /// Makes a chart.
  public init(
    title: String, axis: String, columns: [String], rows: [(name: RowName, counts: [Int])]
  ) {
    (self.title, self.axis, self.columns, self.rows) = (title, axis, columns, rows)
  }

  /// Compares all parts; tuples have no equality of their own.
  public static func == (left: MatrixChart, right: MatrixChart) -> Bool {
    left.title == right.title && left.axis == right.axis && left.columns == right.columns
      && left.rows.elementsEqual(right.rows) { $0.name == $1.name && $0.counts == $1.counts }
  }
}
