import AuditModel

/// `population`: distinct instances by status, workflow type and definition.
///
/// Definition: the instances of the cohort, each counted once. Limits: an instance deleted before the read is not in it.
struct PopulationReducer: Reducer {
  private struct Key: Hashable {
    var workflowType: Name?
    var definitionID: Name?
    var version: Int64?
  }

  private struct Group {
    var name = NewestName()
    var byStatus = StatusTally()
  }

  private var groups: [Key: Group] = [:]
  private var earliest: Instant?
  private var latest: Instant?

  var instances: Int { groups.values.reduce(0) { $0 + $1.byStatus.total } }

  var startBounds: (earliest: Instant, latest: Instant)? {
    guard let earliest, let latest else { return nil }
    return (earliest, latest)
  }

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    let definition = instance.definition
    let key = Key(
      workflowType: definition.workflowType, definitionID: definition.id,
      version: definition.version)
    groups[key, default: Group()].byStatus.add(instance.status)
    groups[key, default: Group()].name.add(definition.name, of: instance.referenceID)
    if instance.hasUsableTimes, let start = instance.start { widen(start, start) }
  }

  mutating func merge(_ other: PopulationReducer) {
    for (key, group) in other.groups {
      groups[key, default: Group()].byStatus.merge(group.byStatus)
      groups[key, default: Group()].name.merge(group.name)
    }
    if let bounds = other.startBounds { widen(bounds.earliest, bounds.latest) }
  }

  private mutating func widen(_ first: Instant, _ last: Instant) {
    earliest = min(earliest ?? first, first)
    latest = max(latest ?? last, last)
  }

  func finish() -> PopulationDocument {
    var all = StatusTally()
    var types: [Name?: StatusTally] = [:]
    for (key, group) in groups {
      all.merge(group.byStatus)
      types[key.workflowType, default: StatusTally()].merge(group.byStatus)
    }
    let byType = types.sorted {
      GroupOrder.precedes(($0.value.total, [$0.key]), ($1.value.total, [$1.key]))
    }
    let byDefinition = groups.sorted { left, right in
      let (leftKey, rightKey) = (left.key, right.key)
      let leftNames = [leftKey.definitionID, leftKey.workflowType]
      let rightNames = [rightKey.definitionID, rightKey.workflowType]
      let (leftTotal, rightTotal) = (left.value.byStatus.total, right.value.byStatus.total)
      if leftTotal == rightTotal, leftNames == rightNames {
        return leftKey.version ?? .max < rightKey.version ?? .max
      }
      return GroupOrder.precedes((leftTotal, leftNames), (rightTotal, rightNames))
    }
    return PopulationDocument(
      instances: all.total, byStatus: all.document,
      byWorkflowType: byType.map {
        .init(
          workflowType: $0.key?.string, instances: $0.value.total, byStatus: $0.value.document)
      },
      byDefinition: byDefinition.map {
        .init(
          definitionId: $0.key.definitionID?.string, definitionName: $0.value.name.string,
          definitionVersion: $0.key.version, workflowType: $0.key.workflowType?.string,
          instances: $0.value.byStatus.total, byStatus: $0.value.byStatus.document)
      })
  }
}
