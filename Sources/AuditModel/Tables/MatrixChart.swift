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

  /// Compares all parts; tuples have no equality of their own.
  public static func == (left: MatrixChart, right: MatrixChart) -> Bool {
    left.title == right.title && left.axis == right.axis && left.columns == right.columns
      && left.rows.elementsEqual(right.rows) { $0.name == $1.name && $0.counts == $1.counts }
  }
}
