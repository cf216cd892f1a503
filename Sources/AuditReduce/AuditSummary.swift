package import AuditModel

/// Everything that is kept of the instances of a cohort: stores that metrics share, and one state a metric.
///
/// The as-of instant and the window enter only at the end, so that a summary can be built while pages arrive.
package struct AuditSummary: Sendable {
  private let plan: ReductionPlan
  private var population = PopulationStore()
  private var users = UserStore()
  private var durations: DurationStore?
  private var approvals: ApprovalStore?
  private var cases: CaseStore?
  private var metrics: [any Metric]
  /// Open instances that started before the window.
  package private(set) var openBefore = 0

  /// Starts without instances.
  package init(plan: ReductionPlan) {
    self.plan = plan
    let needs = plan.needs
    if needs.contains(.durations) { durations = DurationStore() }
    if needs.contains(.approvals) { approvals = ApprovalStore() }
    if needs.contains(.cases) { cases = CaseStore() }
    metrics = MetricCatalogue.all.filter { $0.isPossible(with: plan) }.map { $0.init(plan: plan) }
  }

  /// Counts the instances of a batch; those outside the window count only as such, and as backlog.
  ///
  /// - Parameters:
  ///   - batch: The instances as the report shows them.
  ///   - named: The same under their own names, where the report shows tokens.
  package mutating func add(_ batch: InstanceBatch, named: InstanceBatch? = nil) {
    population.add(batch)
    users.add(batch)
    durations?.add(batch)
    approvals?.add(batch)
    cases?.add(batch)
    for index in metrics.indices {
      metrics[index].add(type(of: metrics[index]).readsNames ? named ?? batch : batch)
    }
    addOlder(batch)
  }

  /// Counts only the open instances of a batch that started before the window.
  package mutating func addOlder(_ batch: InstanceBatch) {
    guard let windowStart = plan.windowStart else { return }
    batch.forEachInstance { instance in
      guard instance.status.isOpen, instance.quality.contains(.outOfWindow),
        let start = instance.start, start < windowStart
      else { return }
      openBefore += 1
      for index in metrics.indices { metrics[index].addOlder(instance) }
    }
  }

  /// Holds a record against the earlier pack's, when there is one; without a `start` it may have left the window, and
  /// `content` is asked only where it is needed.
  package mutating func observe(
    _ referenceID: Int64, _ status: Status, start: Instant?, content: () -> Fingerprint
  ) {
    guard plan.earlier != nil else { return }
    for index in metrics.indices {
      metrics[index].observe(referenceID, status, start: start, content: content)
    }
  }

  /// Ends a part of the cohort: what is open in it was watched until the part's own as-of instant.
  ///
  /// To be called once, after the last instance of the part and before it is merged with others. Without it
  /// `finish(_:)` applies one instant to all.
  package mutating func closeObservation(at end: ObservationEnd) {
    durations?.closeObservation(at: end)
    cases?.closeObservation(at: end)
    for index in metrics.indices { metrics[index].closeObservation(at: end) }
  }

  /// Counts what another summary of the same plan has counted.
  package mutating func merge(_ other: AuditSummary) {
    population.merge(other.population)
    users.merge(other.users)
    if let other = other.durations { durations?.merge(other) }
    if let other = other.approvals { approvals?.merge(other) }
    if let other = other.cases { cases?.merge(other) }
    for (index, other) in other.metrics.enumerated() { metrics[index].merge(any: other) }
    openBefore += other.openBefore
  }

  /// Brings what it keeps in order as soon as all is counted; `finish(_:)` does so where nobody has.
  package mutating func sort() { cases?.sort() }

  /// Instances of the cohort.
  package var instances: Int { population.instances }

  /// The first and the last usable start of the cohort.
  package var startBounds: (earliest: Instant, latest: Instant)? {
    population.starts.map { ($0.lowerBound, $0.upperBound) }
  }

  /// The metrics that were asked for.
  package mutating func finish(_ context: ReportContext) -> MetricsDocument {
    cases?.sort()
    let totals = population.totals
    var cohort = Cohort(
      plan: plan, context: context, totals: totals, population: population,
      turnaround: durations?.table(asOf: context.asOf, totals: totals),
      approvalBearing: ApprovalBearing(
        configured: plan.settings.approvalDefinitions,
        used: population.versions(totals).map(\.definition), shown: approvals?.shown ?? [],
        design: context.design),
      users: users, cases: cases)
    if plan.needs.contains(.patterns) { cohort.patterns = Pattern.all(in: cohort) }
    // Those that go through single instances take longest.
    return MetricsDocument(
      metrics.concurrentMap(first: { type(of: $0).keepsInstances }) { [cohort] in
        $0.finish(cohort)
      })
  }
}
