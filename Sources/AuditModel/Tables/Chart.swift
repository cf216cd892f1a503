/// What a metric has to show as a picture, in values; the page draws it and the table beside it has the figures.
public enum Chart: Sendable, Equatable {
  /// Shares that add up, at several times: a column a time, a segment a kind.
  case shares(ShareChart)
  /// Counts in rows and columns, the more the darker.
  case matrix(MatrixChart)
}

/// Shares that add up to at most 1, at several times.
public struct ShareChart: Sendable, Equatable {
  /// What it shows.
  public var title: String
  /// Whom it is about, in the server's words.
  public var subject: String?
  /// The times.
  public var columns: [String]
  /// Complete, Rejected and Failed at each of them; `nil` where nothing is known.
  public var shares: [[Double]?]

  /// Makes a chart.
  public init(title: String, subject: String?, columns: [String], shares: [[Double]?]) {
    self.title = title
    self.subject = subject
    self.columns = columns
    self.shares = shares
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
    self.title = title
    self.axis = axis
    self.columns = columns
    self.rows = rows
  }

  public static func == (left: MatrixChart, right: MatrixChart) -> Bool {
    left.title == right.title && left.axis == right.axis && left.columns == right.columns
      && left.rows.elementsEqual(right.rows) { $0.name == $1.name && $0.counts == $1.counts }
  }
}
