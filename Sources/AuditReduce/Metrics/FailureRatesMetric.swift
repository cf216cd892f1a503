package import AuditModel

/// `failureRates`, with its `rejectionRates`: Failed and Rejected instances per user, definition, step and class.
///
/// A group with an n of its own is flagged when its smaller binomial tail under the overall rate is below 0.025, resp. 0.001.
///
/// Definition: per user and per definition, n is the group's terminal instances; per step and per class, n is all
/// terminal instances of the cohort. A user is shown as its instance with the smallest reference id spells it.
/// Source of the interval: ``WilsonInterval``. Limits: the tables pool workflow types; the user comes from the title, and
/// one without terminal instances is in no row.
struct FailureRatesMetric: Metric {
  static let key = MetricKey("failureRates")
  static let figures =
    [
      rate("failureRates.byUser", by: "user"),
      rate("failureRates.byDefinition", by: "definitionId"),
      rate("failureRates.byStep", by: "step"), rate("failureRates.byClass", by: "failureClass"),
    ]
    + [("byUser", "user"), ("byDefinition", "definitionId"), ("byStep", "step")].map {
      rate("rejectionRates.\($0)", in: "failureRates.rejectionRates.\($0)", by: $1)
    }

  private static func rate(
    _ name: String, in place: String? = nil, by group: String
  ) -> ReportFigure {
    ReportFigure(name, .ratio, in: place ?? name, by: [group], .rate(n: "terminal"))
  }

  init(plan: ReductionPlan) {}

  private struct StepGroup {
    var name = NewestName()
    var tally = EventTally()

    mutating func add(_ instance: borrowing Instance) {
      name.add(instance.step.name, of: instance.referenceID)
      tally.add(instance.status)
    }

    mutating func merge(_ other: StepGroup) {
      name.merge(other.name)
      tally.merge(other.tally)
    }
  }

  private var steps: [Name?: StepGroup] = [:]
  /// "Unclassified" is always shown: a reader must see that it was looked for.
  private var classes: [FailureClass: Int] = [.unclassified: 0]

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard instance.status == .failed || instance.status == .rejected else { return }
    steps[instance.step.uniqueName, default: StepGroup()].add(instance)
    if instance.status == .failed {
      classes[instance.failureClass ?? .unclassified, default: 0] += 1
    }
  }

  mutating func merge(_ other: FailureRatesMetric) {
    for (key, group) in other.steps { steps[key, default: StepGroup()].merge(group) }
    classes.merge(other.classes, uniquingKeysWith: +)
  }

  func finish(_ cohort: Cohort) -> FailureRatesDocument {
    let (totals, users) = (cohort.totals, cohort.users)
    return FailureRatesDocument(
      failed: totals.all[.failed], terminal: totals.all.terminal,
      byUser: byUser(.failed, totals, users),
      byDefinition: byDefinition(.failed, totals), byStep: byStep(.failed, totals),
      byClass: byClass(totals), withoutUser: users.terminalWithoutUser,
      rejectionRates: rejectionRates(totals, users))
  }

  private func rejectionRates(
    _ totals: CohortTotals, _ users: UserLedger
  ) -> RejectionRatesDocument {
    RejectionRatesDocument(
      rejected: totals.all[.rejected], terminal: totals.all.terminal,
      byUser: byUser(.rejected, totals, users),
      byDefinition: byDefinition(.rejected, totals), byStep: byStep(.rejected, totals))
  }
}

extension FailureRatesMetric {
  private func byUser(
    _ event: GroupRateDocument.Event, _ totals: CohortTotals, _ users: UserLedger
  ) -> [GroupRateDocument] {
    RateRanking(event: event, totals: totals).rank(
      users.entries.lazy.filter { $0.events.terminal > 0 }.map { entry in
        let spelling = entry.spelling.spelling
        return RateRanking.Row(
          group: .user(spelling.string), count: entry.events[event],
          terminal: entry.events.terminal, names: [spelling])
      })
  }

  private func byDefinition(
    _ event: GroupRateDocument.Event, _ totals: CohortTotals
  ) -> [GroupRateDocument] {
    var tallies: [Name?: StatusTally] = [:]
    for (definition, tally) in totals.byDefinition where tally.terminal > 0 {
      tallies[definition.id, default: StatusTally()].merge(tally)
    }
    return RateRanking(event: event, totals: totals).rank(
      tallies.map { id, tally in
        let name = totals.name(of: id)
        return RateRanking.Row(
          group: .definition(id: id?.string, name: name?.string),
          count: tally[event == .failed ? .failed : .rejected], terminal: tally.terminal,
          names: [name, id])
      })
  }

  private func byStep(
    _ event: GroupRateDocument.Event, _ totals: CohortTotals
  ) -> [GroupRateDocument] {
    RateRanking(event: event, totals: totals).rank(
      steps.lazy.filter { $0.value.tally[event] > 0 }.map { uniqueName, group in
        RateRanking.Row(
          group: .step(uniqueName: uniqueName?.string, name: group.name.name?.string),
          count: group.tally[event], terminal: totals.all.terminal, names: [uniqueName])
      })
  }

  private func byClass(_ totals: CohortTotals) -> [GroupRateDocument] {
    RateRanking(event: .failed, totals: totals).rank(
      classes.map { failureClass, count in
        var step: Name?
        if case .customStep(let name) = failureClass { step = name }
        return RateRanking.Row(
          group: .failureClass(failureClass.name, step: step?.string), count: count,
          terminal: totals.all.terminal, names: [Name(failureClass.name), step])
      })
  }
}

extension FailureRatesDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { FailureRatesMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    rows(of: figure).map { row in
      ReportedFigure(figure, group: row.group.name, row.rate, n: row.terminal)
    }
  }

  private func rows(of figure: ReportFigure) -> [GroupRateDocument] {
    switch figure.name {
    case "failureRates.byUser": byUser
    case "failureRates.byDefinition": byDefinition
    case "failureRates.byStep": byStep
    case "failureRates.byClass": byClass
    case "rejectionRates.byUser": rejectionRates.byUser
    case "rejectionRates.byDefinition": rejectionRates.byDefinition
    case "rejectionRates.byStep": rejectionRates.byStep
    default: []
    }
  }
}

extension GroupRateDocument.Group {
  /// What the group is known by.
  fileprivate var name: String? {
    switch self {
    case .user(let user): user
    case .definition(let id, _): id
    case .step(let uniqueName, _): uniqueName
    case .failureClass(let name, _): name
    }
  }
}
