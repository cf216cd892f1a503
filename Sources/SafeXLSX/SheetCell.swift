/// One cell of a sheet, typed.
public enum SheetCell: Sendable, Equatable {
  /// No value; nothing is written.
  case empty
  /// Text, which no spreadsheet evaluates: it is written as a string and never as a formula.
  case text(String)
  /// A plain number, of which a spreadsheet keeps 15 digits.
  case number(Double)
  /// A share, shown as a percentage.
  case share(Double)
  /// Milliseconds since 1970-01-01T00:00:00Z, shown as a UTC date with time.
  case moment(Int64)
  /// Days since 1970-01-01, shown as a date.
  case day(Int64)
}
