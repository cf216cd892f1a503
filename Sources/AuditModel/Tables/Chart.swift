/// What a metric has to show as a picture, in values; the page draws it and the table beside it has the figures.
public enum Chart: Sendable, Equatable {
  /// How shares grow with time.
  case curves(CurveChart)
  /// Bars, intervals or spans under each other on one scale.
  case rows(RowChart)
  /// Counts in rows and columns, the more the darker.
  case matrix(MatrixChart)
}
