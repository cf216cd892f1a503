import AuditModel

/// The event times and the censoring times of a group in milliseconds, each ascending.
struct SortedTimes: Sendable {
  /// How long Complete, Rejected and Failed instances took.
  let byCause: [[Int64]]
  /// How old open instances are.
  let ages: [Int64]
  /// How long superseded and open instances were seen without an end.
  let censorings: [Int64]
  private let superseded: [Int64]

  /// Sorts what is not sorted yet, where it lies; runs that are already in order are only merged.
  init(byCause: consuming [[Int64]], superseded: consuming [Int64], ages: consuming [Int64]) {
    for cause in byCause.indices { byCause[cause].sort() }
    superseded.sort()
    ages.sort()
    censorings = (superseded + ages).sorted()
    self.byCause = byCause
    self.superseded = superseded
    self.ages = ages
  }

  /// How long terminal instances took, put together each time: kept, it would be as long again as the causes.
  var events: [Int64] {
    var events: [Int64] = []
    events.reserveCapacity(eventCount)
    for times in byCause { events += times }
    events.sort()
    return events
  }

  /// How many instances are terminal.
  var eventCount: Int { byCause.reduce(0) { $0 + $1.count } }

  /// The longest time that a terminal instance took.
  var lastEvent: Int64? { byCause.compactMap(\.last).max() }

  /// How many terminal instances took longer than a limit.
  func events(beyond limit: Int64) -> Int {
    byCause.reduce(0) { $0 + $1.count - $1.partitioningIndex { $0 > limit } }
  }

  /// The figures of the group whose instances have these times.
  func figures(of tally: StatusTally) -> TurnaroundDocument.Figures {
    let events = events
    return TurnaroundDocument.Figures(
      terminal: tally.terminal, open: tally.open, superseded: tally[.canceledForRestart],
      completedOnly: QuantileType7.percentiles(ofSorted: events),
      kaplanMeier: KaplanMeier(events: events, censorings: censorings).document)
  }
}

extension SortedTimes {
  /// Sorts durations; open instances are watched until the as-of instant, and not at all when they start after it.
  init(_ durations: consuming DurationLedger.Durations, asOf: Instant) {
    durations.settle(Settlement(asOf: asOf))
    let ages = durations.ages
    let (byCause, superseded) = durations.taken()
    self.init(byCause: byCause, superseded: superseded, ages: ages)
  }

  /// Puts groups together.
  init(_ groups: [SortedTimes]) {
    self.init(
      byCause: (0..<3).map { cause in groups.flatMap { $0.byCause[cause] } },
      superseded: groups.flatMap(\.superseded), ages: groups.flatMap(\.ages))
  }
}
