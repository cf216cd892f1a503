import AuditModel

/// The durations behind `turnaround`, `approvalLatency`, `outcomes` and `sla`, per workflow type and definition.
///
/// Definition: an event is a terminal instance at `m − s`; censored are superseded ones at `m − s` and open ones at
/// `T − s`. Instances with unusable times are not in it. T enters at the end: open instances keep their start.
/// Limits: eight bytes an instance are kept, so that percentiles are exact.
struct DurationLedger: Reducer {
  /// The durations of one group, in milliseconds, in no order.
  struct Durations: Sendable {
    /// Of Complete, Rejected and Failed instances.
    private(set) var byCause: [[Int64]] = [[], [], []]
    /// Of superseded ones.
    private(set) var superseded: [Int64] = []
    /// The starts of open ones.
    private(set) var openStarts: [Instant] = []
    /// How old open ones were at the as-of instant of their part.
    private(set) var ages: [Int64] = []

    /// Makes ages of starts; what started after the instant was not watched at all.
    mutating func settle(_ settlement: Settlement) {
      for start in openStarts where start <= settlement.asOf {
        ages.append(settlement.asOf.milliseconds(since: start))
      }
      openStarts = []
    }

    /// Gives up the durations by cause and of superseded ones, so that nothing else holds them.
    mutating func taken() -> (byCause: [[Int64]], superseded: [Int64]) {
      defer { (byCause, superseded) = ([], []) }
      return (byCause, superseded)
    }

    mutating func merge(_ other: Durations) {
      for cause in byCause.indices { byCause[cause] += other.byCause[cause] }
      superseded += other.superseded
      openStarts += other.openStarts
      ages += other.ages
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
    // As in CaseLedger.
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

  /// The figures of every definition of the cohort; what they are made of is given up on the way.
  mutating func table(asOf: Instant, totals: CohortTotals) -> TurnaroundTable {
    TurnaroundTable(
      rows: totals.byDefinition.map { definition, tally in
        TurnaroundTable.Row(
          definition: definition, name: totals.name(of: definition.id), tally: tally,
          times: SortedTimes(durations.removeValue(forKey: definition) ?? Durations(), asOf: asOf))
      })
  }
}

extension DurationLedger.Durations {
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
