import AuditModel

/// One value of a table, typed, so that each format can write it in its own way.
///
/// Missing is not zero.
enum Cell: Sendable, Equatable {
  /// Why there is no value.
  enum Absence: Sendable, Equatable {
    /// There is none.
    case none
    /// Fewer observations than the figure needs.
    case tooFew
    /// The estimate does not come down that far.
    case notReached
  }

  /// Text from the server.
  case text(String)
  /// A name of ours, and how people read it.
  case term(String, label: String)
  case count(Int)
  /// A share between 0 and 1.
  case ratio(Double)
  /// A share with its interval.
  case rate(RateDocument)
  /// Milliseconds.
  case duration(Double)
  /// Two durations between which a third lies with 95 % confidence; `nil` where the limit is not reached.
  case durationLimits(low: Double?, high: Double?)
  /// A day, `2026-10-01`.
  case day(String)
  case flag(Bool)
  case missing(Absence)
}

extension Cell {
  static func text(_ text: String?) -> Cell { text.map { .text($0) } ?? .missing(.none) }

  static func count(_ number: Int?) -> Cell { number.map { .count($0) } ?? .missing(.none) }

  static func ratio(_ ratio: Double?) -> Cell {
    ratio.map { .ratio($0) } ?? .missing(.none)
  }

  static func duration(_ milliseconds: Double?, or absence: Absence) -> Cell {
    milliseconds.map { .duration($0) } ?? .missing(absence)
  }
}
