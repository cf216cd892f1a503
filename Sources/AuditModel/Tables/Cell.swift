/// One value of a table, typed, so that each format can write it in its own way.
///
/// Missing is not zero.
public enum Cell: Sendable, Equatable {
  /// Why there is no value.
  public enum Absence: Sendable, Equatable {
    /// There is none.
    case none
    /// Fewer observations than the figure needs.
    case tooFew
    /// The estimate does not come down that far.
    case notReached
    /// Nothing is to be said.
    case blank
  }

  /// Text from the server.
  case text(String)
  /// A name of ours, and how people read it.
  case term(String, label: String)
  /// An id from the server, and its name from there, by which people know it.
  case named(String, name: String)
  /// Sentences, a line each.
  case sentences([Sentence])
  /// How many: a whole number that can be added up.
  case count(Int)
  /// A number that names something: nothing is counted by it.
  case identifier(Int64)
  /// A share between 0 and 1.
  case ratio(Double)
  /// A share with its interval.
  case rate(RateDocument)
  /// A plain number: a ratio of rates, an average.
  case number(Double)
  /// Milliseconds.
  case duration(Double)
  /// Two durations between which a third lies with 95 % confidence; `nil` where the limit is not reached.
  case durationLimits(low: Double?, high: Double?)
  /// A point in time, written in UTC.
  case instant(Instant)
  /// A day, `2026-10-01`.
  case day(String)
  /// Yes or no.
  case flag(Bool)
  /// Reference ids, by which the rows of instances.csv are found.
  case ids([Int64])
  /// No value, and why there is none.
  case missing(Absence)
}

extension Cell {
  /// Whether there is no value.
  public var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  /// A text, or nothing.
  public static func text(_ text: String?) -> Cell { text.map { .text($0) } ?? .missing(.none) }

  /// A count, or nothing.
  public static func count(_ number: Int?) -> Cell {
    number.map { .count($0) } ?? .missing(.none)
  }

  /// A number that names something, or nothing.
  public static func identifier(_ number: Int64?) -> Cell {
    number.map { .identifier($0) } ?? .missing(.none)
  }

  /// A share, or nothing.
  public static func ratio(_ ratio: Double?) -> Cell {
    ratio.map { .ratio($0) } ?? .missing(.none)
  }

  /// A plain number, or nothing.
  public static func number(_ number: Double?) -> Cell {
    number.map { .number($0) } ?? .missing(.none)
  }

  /// A duration, or why there is none.
  public static func duration(_ milliseconds: Double?, or absence: Absence) -> Cell {
    milliseconds.map { .duration($0) } ?? .missing(absence)
  }

  /// A duration in whole milliseconds, or nothing.
  public static func duration(_ milliseconds: Int64?) -> Cell {
    .duration(milliseconds.map(Double.init), or: .none)
  }

  /// An instant, or nothing.
  public static func instant(_ instant: Instant?) -> Cell {
    instant.map { .instant($0) } ?? .missing(.none)
  }
}

extension Cell: Encodable {
  /// Writes the bare value: `null` where it is missing, a rate as its share.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text), .term(let text, _), .named(let text, _), .day(let text):
      try container.encode(text)
    case .sentences(let sentences): try container.encode(sentences)
    case .count(let number): try container.encode(number)
    case .identifier(let number): try container.encode(number)
    case .ratio(let number), .number(let number), .duration(let number):
      try container.encode(number)
    case .rate(let rate): try container.encode(rate.rate)
    case .instant(let instant): try container.encode(instant.description)
    case .flag(let flag): try container.encode(flag)
    case .ids(let ids): try container.encode(ids)
    case .durationLimits(let low, let high): try container.encode([low, high])
    case .missing: try container.encodeNil()
    }
  }
}

extension Cell {
  /// The value as people read it, where there is no markup; text from the server as it came.
  public var displayText: String {
    switch self {
    case .text(let text), .term(_, let text), .named(_, let text), .day(let text): text
    case .sentences(let sentences): sentences.map(\.plain).joined(separator: " | ")
    case .count(let number): DisplayFormat.count(number)
    case .identifier(let number): String(number)
    case .ratio(let share): DisplayFormat.percent(share)
    case .rate(let rate): Self.displayText(of: rate)
    case .number(let number): DisplayFormat.number(number)
    case .duration(let milliseconds): DisplayFormat.duration(milliseconds: milliseconds)
    case .durationLimits(let low, let high):
      [low, high].map { Cell.duration($0, or: .notReached).displayText }.joined(separator: " – ")
    case .instant(let instant): DisplayFormat.instant(instant.description)
    case .flag(let flag): flag ? "yes" : "no"
    case .ids(let ids): ids.map(String.init).joined(separator: " ")
    case .missing(let absence): absence.displayText
    }
  }

  private static func displayText(of rate: RateDocument) -> String {
    guard let share = rate.rate, let low = rate.low, let high = rate.high else {
      return Absence.none.displayText
    }
    return "\(DisplayFormat.percent(share)) (\(DisplayFormat.interval(low, high)))"
  }
}

extension Cell.Absence {
  /// What is shown in the place of the value.
  public var displayText: String {
    switch self {
    case .none: "—"
    case .tooFew: "too few"
    case .notReached: "not reached"
    case .blank: ""
    }
  }
}
