import AuditModel

/// The event times and the censoring times of a group in milliseconds.
struct SortedTimes: Sendable {
  /// How long Complete, Rejected and Failed instances took.
  let byCause: [AscendingTimes]
  /// How old open instances are.
  let ages: AscendingTimes
  /// How long superseded ones were seen without an end.
  let superseded: AscendingTimes

  /// How long superseded and open instances were seen without an end.
  var censorings: AscendingTimes { AscendingTimes(merging: [superseded, ages]) }

  /// How long terminal instances took.
  var events: AscendingTimes { AscendingTimes(merging: byCause[...]) }

  /// How many instances are terminal.
  var eventCount: Int { byCause.reduce(0) { $0 + $1.count } }

  /// The longest time that was observed.
  var longest: Int64? { (byCause + [ages, superseded]).compactMap(\.last).max() }

  /// How many terminal instances took longer than a limit.
  func events(beyond limit: Int64) -> Int { byCause.reduce(0) { $0 + $1.count(beyond: limit) } }

  /// The figures of the group whose instances have these times.
  func figures(of tally: StatusTally) -> TurnaroundDocument.Figures {
    let events = events
    return TurnaroundDocument.Figures(
      terminal: tally.terminal, open: tally.open, superseded: tally[.canceledForRestart],
      completedOnly: QuantileType7.percentiles(of: events),
      kaplanMeier: KaplanMeier(events: events, censorings: censorings).document)
  }
}

extension SortedTimes {
  /// Sorts durations; open instances are watched until the as-of instant, and not at all when they start after it.
  init(_ durations: consuming DurationLedger.Durations, asOf: Instant) {
    durations.settle(Settlement(asOf: asOf))
    self.init(
      byCause: durations.byCause.map(\.ascending), ages: durations.ages.ascending,
      superseded: durations.superseded.ascending)
  }

  /// Puts groups together.
  init(_ groups: [SortedTimes]) {
    self.init(
      byCause: (0..<3).map { cause in AscendingTimes(merging: groups.map { $0.byCause[cause] }[...])
      },
      ages: AscendingTimes(merging: groups.map(\.ages)[...]),
      superseded: AscendingTimes(merging: groups.map(\.superseded)[...]))
  }
}
