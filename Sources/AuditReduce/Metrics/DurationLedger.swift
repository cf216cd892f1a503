import AuditModel

/// The durations behind `turnaround`, `approvalLatency`, `outcomes` and `sla`, per workflow type and definition.
///
/// Definition: an event is a terminal instance at `m − s`; censored are superseded ones at `m − s` and open ones at
/// `T − s`. Instances with unusable times are not in it. T enters at the end: open instances keep their start.
/// Limits: one to three bytes an instance are kept as a rule, so that percentiles are exact.
struct DurationLedger: Reducer {
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
    mutating func settle(_ settlement: Settlement) {
      for start in openStarts where start <= settlement.asOf {
        ages.append(settlement.asOf.milliseconds(since: start))
      }
      openStarts = []
    }

    mutating func merge(_ other: Durations) {
      for cause in byCause.indices { byCause[cause].merge(other.byCause[cause]) }
      superseded.merge(other.superseded)
      openStarts += other.openStarts
      ages.merge(other.ages)
    }

    fileprivate mutating func add(_ instance: borrowing Instance) {
      if instance.status.isOpen {
        if let start = instance.start { openStarts.append(start) }
        return
      }
      guard let duration = instance.durationMilliseconds else { return }
      switch instance.status {
      case .complete: byCause[0].append(duration)
      case .rejected: byCause[1].append(duration)
      case .failed: byCause[2].append(duration)
      case .canceledForRestart: superseded.append(duration)
      case .running, .suspended, .unknown: break
      }
    }
  }

  private var durations: [TypedDefinition: Durations] = [:]

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard instance.hasUsableTimes, instance.status != .unknown else { return }
    let definition = TypedDefinition(
      workflowType: instance.definition.workflowType, id: instance.definition.id)
    durations[definition, default: Durations()].add(instance)
  }

  mutating func merge(_ other: DurationLedger) {
    if durations.isEmpty {
      self = other
      return
    }
    for (definition, added) in other.durations {
      durations[definition, default: Durations()].merge(added)
    }
  }

  mutating func settle(_ settlement: Settlement) {
    for definition in durations.keys { durations[definition]?.settle(settlement) }
  }

  /// The figures of every definition of the cohort.
  func table(asOf: Instant, totals: CohortTotals) -> TurnaroundTable {
    TurnaroundTable(
      rows: Array(totals.byDefinition).concurrentMap { definition, tally in
        TurnaroundTable.Row(
          definition: definition, name: totals.name(of: definition.id), tally: tally,
          times: SortedTimes(durations[definition] ?? Durations(), asOf: asOf))
      })
  }
}
