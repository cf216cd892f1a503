import AuditModel

/// `failureRates` and `rejectionRates`: Failed and Rejected instances per user, definition, step and class.
///
/// Definition: per user and per definition, n is the group's terminal instances; per step and per class, n is all
/// terminal instances of the cohort. Limits: the tables pool workflow types; a user's name comes from the title.
struct RateReducer: Reducer {
  fileprivate struct Tally {
    var failed = 0
    var rejected = 0
    var terminal = 0

    mutating func add(_ status: Status) {
      terminal += 1
      if status == .failed { failed += 1 }
      if status == .rejected { rejected += 1 }
    }

    mutating func merge(_ other: Tally) {
      failed += other.failed
      rejected += other.rejected
      terminal += other.terminal
    }

    func count(_ event: GroupRateDocument.Event) -> Int {
      event == .failed ? failed : rejected
    }
  }

  fileprivate struct UserGroup {
    var tally = Tally()
    var spelling: Name?
    var referenceID = Int64.max

    mutating func merge(_ other: UserGroup) {
      tally.merge(other.tally)
      if other.referenceID < referenceID {
        referenceID = other.referenceID
        spelling = other.spelling
      }
    }
  }

  fileprivate struct NamedGroup {
    var tally = Tally()
    var name = NewestName()

    mutating func merge(_ other: NamedGroup) {
      tally.merge(other.tally)
      name.merge(other.name)
    }
  }

  private var all = Tally()
  private var withoutUser = 0
  private var users: [Name: UserGroup] = [:]
  private var definitions: [Name?: NamedGroup] = [:]
  private var steps: [Name?: NamedGroup] = [:]
  private var classes: [FailureClass: Int] = [:]

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    guard instance.status.isTerminal else { return }
    all.add(instance.status)
    definitions[instance.definition.id, default: NamedGroup()].add(
      instance.definition.name, instance)
    if instance.status != .complete {
      steps[instance.step.uniqueName, default: NamedGroup()].add(instance.step.name, instance)
    }
    if let failureClass = instance.failureClass { classes[failureClass, default: 0] += 1 }
    guard let user = instance.user else {
      withoutUser += 1
      return
    }
    var one = UserGroup(tally: Tally(), spelling: user.spelling, referenceID: instance.referenceID)
    one.tally.add(instance.status)
    users[user.key, default: UserGroup()].merge(one)
  }

  mutating func merge(_ other: RateReducer) {
    all.merge(other.all)
    withoutUser += other.withoutUser
    users.merge(other.users) { left, right in left.merged(with: right) }
    definitions.merge(other.definitions) { left, right in left.merged(with: right) }
    steps.merge(other.steps) { left, right in left.merged(with: right) }
    classes.merge(other.classes, uniquingKeysWith: +)
  }

  func failureRates() -> FailureRatesDocument {
    FailureRatesDocument(
      failed: all.failed, terminal: all.terminal, byUser: byUser(.failed),
      byDefinition: byDefinition(.failed), byStep: byStep(.failed), byClass: byClass(),
      withoutUser: withoutUser)
  }

  func rejectionRates() -> RejectionRatesDocument {
    RejectionRatesDocument(
      rejected: all.rejected, terminal: all.terminal, byUser: byUser(.rejected),
      byDefinition: byDefinition(.rejected), byStep: byStep(.rejected))
  }
}

// MARK: - Tables

extension RateReducer {
  private func byUser(_ event: GroupRateDocument.Event) -> [GroupRateDocument] {
    ranked(
      users.map { key, group in
        Ranked(
          group: .user((group.spelling ?? key).string), count: group.tally.count(event),
          terminal: group.tally.terminal, names: [group.spelling ?? key])
      }, event)
  }

  private func byDefinition(_ event: GroupRateDocument.Event) -> [GroupRateDocument] {
    ranked(
      definitions.map { id, group in
        Ranked(
          group: .definition(id: id?.string, name: group.name.string),
          count: group.tally.count(event), terminal: group.tally.terminal, names: [id])
      }, event)
  }

  private func byStep(_ event: GroupRateDocument.Event) -> [GroupRateDocument] {
    ranked(
      steps.filter { $0.value.tally.count(event) > 0 }.map { uniqueName, group in
        Ranked(
          group: .step(uniqueName: uniqueName?.string, name: group.name.string),
          count: group.tally.count(event), terminal: all.terminal, names: [uniqueName])
      }, event)
  }

  private func byClass() -> [GroupRateDocument] {
    ranked(
      classes.map { failureClass, count in
        var step: Name?
        if case .customStep(let name) = failureClass { step = name }
        return Ranked(
          group: .failureClass(failureClass.name, step: step?.string), count: count,
          terminal: all.terminal, names: [Name(failureClass.name), step])
      }, .failed)
  }

  private struct Ranked {
    var group: GroupRateDocument.Group
    var count: Int
    var terminal: Int
    var names: [Name?]
  }

  /// By the interval's lower limit, descending, then by k, then by name: never by the raw rate.
  private func ranked(
    _ rows: [Ranked], _ event: GroupRateDocument.Event
  ) -> [GroupRateDocument] {
    rows.map { ($0, WilsonInterval.rate($0.count, of: $0.terminal)) }
      .sorted { left, right in
        let (leftLow, rightLow) = (left.1.low ?? 0, right.1.low ?? 0)
        if leftLow != rightLow { return leftLow > rightLow }
        return GroupOrder.precedes((left.0.count, left.0.names), (right.0.count, right.0.names))
      }
      .map { row, rate in
        GroupRateDocument(
          group: row.group, event: event, count: row.count, terminal: row.terminal, rate: rate)
      }
  }
}

extension RateReducer.NamedGroup {
  fileprivate mutating func add(_ name: Name?, _ instance: Instance) {
    tally.add(instance.status)
    self.name.add(name, of: instance.referenceID)
  }

  fileprivate func merged(with other: Self) -> Self {
    var merged = self
    merged.merge(other)
    return merged
  }
}

extension RateReducer.UserGroup {
  fileprivate func merged(with other: Self) -> Self {
    var merged = self
    merged.merge(other)
    return merged
  }
}
