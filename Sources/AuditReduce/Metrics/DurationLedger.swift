import AuditModel

/// The durations behind `turnaround` and `approvalLatency`, per workflow type and definition.
///
/// Definition: an event is a terminal instance at `m − s`; censored are superseded ones at `m − s` and open ones at `T − s`.
/// Instances with unusable times count in the totals only. T enters at the end: open instances keep their start.
/// Memory: eight bytes an instance.
struct DurationLedger: Reducer {
  private struct Key: Hashable {
    var workflowType: Name?
    var definitionID: Name?
  }

  fileprivate struct Entry {
    var name = NewestName()
    var terminal = 0
    var open = 0
    var superseded = 0
    var events: [Int64] = []
    var supersededDurations: [Int64] = []
    var openStarts: [Instant] = []

    var total: Int { terminal + open + superseded }

    mutating func merge(_ other: Entry) {
      name.merge(other.name)
      terminal += other.terminal
      open += other.open
      superseded += other.superseded
      events += other.events
      supersededDurations += other.supersededDurations
      openStarts += other.openStarts
    }

    func figures(asOf: Instant) -> TurnaroundDocument.Figures {
      let events = events.sorted()
      let ages = openStarts.filter { $0 <= asOf }.map { asOf.milliseconds(since: $0) }
      return TurnaroundDocument.Figures(
        terminal: terminal, open: open, superseded: superseded,
        completedOnly: QuantileType7.percentiles(ofSorted: events),
        kaplanMeier: KaplanMeier(
          sortedEvents: events, sortedCensorings: (supersededDurations + ages).sorted()
        ).document)
    }
  }

  private var entries: [Key: Entry] = [:]

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    let status = instance.status
    guard status != .unknown else { return }
    let key = Key(
      workflowType: instance.definition.workflowType, definitionID: instance.definition.id)
    entries[key, default: Entry()].add(instance)
  }

  mutating func merge(_ other: DurationLedger) {
    for (key, entry) in other.entries { entries[key, default: Entry()].merge(entry) }
  }

  /// The figures per workflow type, over all definitions or over some.
  func turnaround(asOf: Instant, of definitions: Set<Name>? = nil) -> [TurnaroundDocument] {
    let chosen = entries.filter { key, _ in
      guard let definitions else { return true }
      return key.definitionID.map(definitions.contains) ?? false
    }
    return Dictionary(grouping: chosen, by: \.key.workflowType).map { type, members in
      (type, members, members.reduce(into: Entry()) { $0.merge($1.value) })
    }.sorted { GroupOrder.precedes(($0.2.total, [$0.0]), ($1.2.total, [$1.0])) }
      .map { type, members, all in
        TurnaroundDocument(
          workflowType: type?.string, figures: all.figures(asOf: asOf),
          byDefinition: members.sorted {
            GroupOrder.precedes(
              ($0.value.total, [$0.key.definitionID]), ($1.value.total, [$1.key.definitionID]))
          }.map { key, entry in
            .init(
              definitionId: key.definitionID?.string, definitionName: entry.name.string,
              figures: entry.figures(asOf: asOf))
          })
      }
  }
}

extension DurationLedger.Entry {
  fileprivate mutating func add(_ instance: Instance) {
    name.add(instance.definition.name, of: instance.referenceID)
    if instance.status.isTerminal {
      terminal += 1
      if instance.hasUsableTimes, let duration = instance.durationMilliseconds {
        events.append(duration)
      }
    } else if instance.status.isSuperseded {
      superseded += 1
      if instance.hasUsableTimes, let duration = instance.durationMilliseconds {
        supersededDurations.append(duration)
      }
    } else {
      open += 1
      if instance.hasUsableTimes, let start = instance.start { openStarts.append(start) }
    }
  }
}
