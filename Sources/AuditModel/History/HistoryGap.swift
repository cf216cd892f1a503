/// Time between two packs that no pack covers.
public struct HistoryGap: Sendable, Equatable {
  /// The missing time.
  public var window: Window
  /// The pack that ends where it begins.
  public var after: String
  /// The pack that begins where it ends.
  public var before: String
  /// How many periods of the length of the pack before would fill it, at least one.
  public var periods: Int

  /// Finds gaps and overlaps between packs that are in the order of their periods.
  static func between(
    _ packs: [HistoryPack]
  ) -> (gaps: [HistoryGap], overlaps: [HistoryOverlap]) {
    guard var last = packs.first else { return ([], []) }
    var gaps: [HistoryGap] = []
    var overlaps: [HistoryOverlap] = []
    for pack in packs.dropFirst() {
      if pack.window.from > last.window.to {
        let window = Window(from: last.window.to, to: pack.window.from, zone: last.window.zone)
        gaps.append(
          HistoryGap(
            window: window, after: last.name.description, before: pack.name.description,
            periods: PeriodLength(of: last.window).count(filling: window)))
      } else if pack.window.from < last.window.to {
        overlaps.append(
          HistoryOverlap(pack: pack.name.description, with: last.name.description))
      }
      if pack.window.to > last.window.to { last = pack }
    }
    return (gaps, overlaps)
  }
}

extension HistoryGap: Encodable {
  /// Writes the ends in UTC, the packs around it, and how many periods it is.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "from": window.from.description, "to": window.to.description, "after": after,
      "before": before, "periods": periods,
    ])
  }
}

/// Two packs whose periods share time, so that their instances count in both.
public struct HistoryOverlap: Encodable, Sendable, Equatable {
  /// The pack that begins later.
  public var pack: String
  /// The earlier pack, which ends later than the other begins.
  public var with: String
}

/// How long a period is: whole months, whole days, or some time.
public enum PeriodLength: Sendable, Equatable {
  /// From the first of a month to the first of another.
  case months(Int64)
  /// From the start of a day to the start of another.
  case days(Int64)
  /// Any other.
  case milliseconds(Int64)

  /// Measures a period in its zone.
  public init(of window: Window) {
    guard let (first, end) = window.wholeDays else {
      self = .milliseconds(max(1, window.to.milliseconds(since: window.from)))
      return
    }
    let (from, to) = (first.parts, end.parts)
    self =
      from.day == 1 && to.day == 1
      ? .months((to.year - from.year) * 12 + to.month - from.month)
      : .days(end.dayNumber - first.dayNumber)
  }

  /// How many such periods a time is, at least one; a part of one counts.
  func count(filling window: Window) -> Int {
    let (whole, one): (Int64, Int64) =
      switch (self, PeriodLength(of: window)) {
      case (.months(let one), .months(let all)): (all, one)
      case (.days(let one), _): (window.lengthInDays, one)
      case (.months(let one), _): (window.lengthInDays, one * 30)
      case (.milliseconds(let one), _): (window.to.milliseconds(since: window.from), one)
      }
    return Int(max(1, (whole + one - 1) / max(1, one)))
  }
}

extension Window {
  /// The first day and the day after the last, where both ends are starts of days and at least one day lies between.
  public var wholeDays: (first: CivilDate, end: CivilDate)? {
    let (first, end) = (zone.date(of: from), zone.date(of: to))
    guard zone.start(of: first) == from, zone.start(of: end) == to, first < end else { return nil }
    return (first, end)
  }

  /// Its length in days; a part of one counts.
  fileprivate var lengthInDays: Int64 {
    if let (first, end) = wholeDays { return end.dayNumber - first.dayNumber }
    return (to.milliseconds(since: from) + 86_399_999) / 86_400_000
  }
}
