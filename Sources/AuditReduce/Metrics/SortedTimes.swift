import AuditModel

/// The event times and the censoring times of a group in milliseconds, each ascending.
struct SortedTimes: Sendable {
  /// How long terminal instances took.
  let events: [Int64]
  /// How long the others were seen without an end.
  let censorings: [Int64]

  /// The figures of the group whose instances have these times.
  func figures(of tally: StatusTally) -> TurnaroundDocument.Figures {
    TurnaroundDocument.Figures(
      terminal: tally.terminal, open: tally.open, superseded: tally[.canceledForRestart],
      completedOnly: QuantileType7.percentiles(ofSorted: events),
      kaplanMeier: KaplanMeier(self).document)
  }
}

extension SortedTimes {
  /// Sorts durations; open instances are watched until the as-of instant, and not at all when they start after it.
  init(_ durations: DurationLedger.Durations, asOf: Instant) {
    let ages = durations.openStarts.lazy.filter { $0 <= asOf }.map { asOf.milliseconds(since: $0) }
    self.init(
      events: durations.events.sorted(), censorings: (durations.superseded + ages).sorted())
  }

  /// Puts groups together; the sort finds the runs that are already in order and only merges them.
  init(_ groups: [SortedTimes]) {
    self.init(
      events: groups.flatMap(\.events).sorted(), censorings: groups.flatMap(\.censorings).sorted())
  }
}
