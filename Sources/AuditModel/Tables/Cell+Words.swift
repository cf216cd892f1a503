extension Cell {
  /// The value as people read it, where there is no markup; text from the server as it came.
  public var words: String {
    switch self {
    case .text(let text), .term(_, let text), .day(let text): text
    case .count(let number): Readable.count(number)
    case .identifier(let number): String(number)
    case .ratio(let share): Readable.percent(share)
    case .rate(let rate): Self.words(of: rate)
    case .number(let number): Readable.number(number)
    case .duration(let milliseconds): Readable.duration(milliseconds: milliseconds)
    case .durationLimits(let low, let high):
      [low, high].map { Cell.duration($0, or: .notReached).words }.joined(separator: " – ")
    case .instant(let instant): Readable.instant(instant.description)
    case .flag(let flag): flag ? "yes" : "no"
    case .ids(let ids): ids.map(String.init).joined(separator: " ")
    case .missing(let absence): absence.words
    }
  }

  private static func words(of rate: RateDocument) -> String {
    guard let share = rate.rate, let low = rate.low, let high = rate.high else {
      return Absence.none.words
    }
    return "\(Readable.percent(share)) (\(Readable.interval(low, high)))"
  }
}

extension Cell.Absence {
  /// What stands in the place of the value.
  public var words: String {
    switch self {
    case .none: "—"
    case .tooFew: "too few"
    case .notReached: "not reached"
    }
  }
}
