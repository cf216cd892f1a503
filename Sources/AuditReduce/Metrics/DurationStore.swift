import AuditModel

/// The durations behind `turnaround`, `approvalLatency`, `outcomes` and `sla`, per workflow type and definition.
///
/// Definition: an event is a terminal instance at `m − s`; censored are superseded ones at `m − s` and open ones at
/// `T − s`. Instances with unusable times are not in it. T enters at the end: open instances keep their start.
/// Limits: one to three bytes an instance are kept as a rule, so that percentiles are exact.
struct DurationStore: Reducer {
  /// The durations of one group.
  struct Durations: Sendable {
    /// Of Complete, Rejected and Failed instances.
    private(set) var byCause = [GatheredTimes](repeating: GatheredTimes(), count: 3)
    /// Of superseded ones.
    private(set) var superseded = GatheredTimes()
    /// How old open ones were at the as-of instant of their part.
    private(set) var ages = GatheredTimes()
    /// The starts of open ones.
    private var openStarts: [Instant] = []

    /// Makes ages of starts; what started after the instant was not watched at all.
    mutating func closeObservation(at end: ObservationEnd) {
      for start in openStarts where start <= end.asOf {
        ages.append(end.asOf.milliseconds(since: start))
      }
      openStarts = []
    }

    mutating func merge(_ other: Durations) {
      for cause in byCause.indices { byCause[cause].merge(other.byCause[cause]) }
      superseded.merge(other.superseded)
      openStarts += other.openStarts
      ages.merge(other.ages)
    }

    fileprivate mutating func add(_ instance: borrowing BatchedInstance) {
      guard let start = instance.start, let end = instance.lastModified else { return }
      let duration = end.milliseconds(since: start)
      switch instance.status {
      case .complete: byCause[0].append(duration)
      case .rejected: byCause[1].append(duration)
      case .failed: byCause[2].append(duration)
      case .canceledForRestart: superseded.append(duration)
      case .running, .suspended: openStarts.append(start)
      case .unknown: break
      }
    }
  }

  private var durations = DefinitionGroups<TypedDefinition, Durations>()

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.hasUsableTimes, instance.status != .unknown else { return }
    let place = durations.place(
      of: instance.definition, key: { TypedDefinition($0) }, new: Durations())
    durations.values[place].add(instance)
  }

  mutating func merge(_ other: DurationStore) {
    durations.merge(other.durations) { $0.merge($1) }
  }

  mutating func closeObservation(at end: ObservationEnd) {
    for place in durations.values.indices { durations.values[place].closeObservation(at: end) }
  }

  /// The figures of every definition of the cohort.
  func table(asOf: Instant, totals: CohortTotals) -> TurnaroundTable {
    TurnaroundTable(
      rows: totals.byDefinition.sorted { $0.value.total > $1.value.total }.concurrentMap {
        definition, tally in
        TurnaroundTable.Row(
          definition: definition, name: totals.name(of: definition.id), tally: tally,
          times: SortedTimes(durations[definition] ?? Durations(), asOf: asOf))
      })
  }
}

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
  init(_ durations: consuming DurationStore.Durations, asOf: Instant) {
    durations.closeObservation(at: ObservationEnd(asOf: asOf))
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
