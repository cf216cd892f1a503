public import AuditModel

/// Everything that is kept of the instances of a cohort: one state a metric.
///
/// The as-of instant and the window enter only at the end, so that a summary can be built while pages arrive.
public struct AuditSummary: Sendable {
  private let plan: ReductionPlan
  private var population = PopulationReducer()
  private var normalisation = NormalisationReducer()
  private var durations: DurationLedger?
  private var approvals: ApprovalReducer?
  private var rates: RateReducer?
  private var trend: TrendReducer?

  /// Starts without instances.
  public init(plan: ReductionPlan) {
    self.plan = plan
    let wantsApprovals = plan.metrics.contains(.approvalLatency)
    if wantsApprovals || plan.metrics.contains(.turnaround) { durations = DurationLedger() }
    if wantsApprovals { approvals = ApprovalReducer() }
    if plan.metrics.contains(.failureRates) { rates = RateReducer() }
    if plan.metrics.contains(.trend) { trend = TrendReducer(zone: plan.zone) }
  }

  /// Counts the instances of a batch; those outside the window count only as such.
  public mutating func add(_ batch: InstanceBatch) {
    normalisation.add(unknownFields: batch.unknownFields)
    for index in batch.instances.indices {
      if batch.instances[index].quality.contains(.outOfWindow) {
        normalisation.addOutOfWindow()
      } else {
        add(batch.instances[index], in: batch)
      }
    }
  }

  private mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    population.add(instance, in: batch)
    normalisation.add(instance, in: batch)
    durations?.add(instance, in: batch)
    approvals?.add(instance, in: batch)
    rates?.add(instance, in: batch)
    trend?.add(instance, in: batch)
  }

  /// Counts what another summary of the same plan has counted.
  public mutating func merge(_ other: AuditSummary) {
    population.merge(other.population)
    normalisation.merge(other.normalisation)
    if let other = other.durations { durations?.merge(other) }
    if let other = other.approvals { approvals?.merge(other) }
    if let other = other.rates { rates?.merge(other) }
    if let other = other.trend { trend?.merge(other) }
  }

  /// Instances of the cohort.
  public var instances: Int { population.instances }

  /// The first and the last usable start of the cohort.
  public var startBounds: (earliest: Instant, latest: Instant)? { population.startBounds }

  /// The metrics that were asked for.
  ///
  /// Open instances are watched to the as-of instant; the days of the window are listed in the zone of the plan.
  public func finish(asOf: Instant, window: Window) -> MetricsDocument {
    let totals = population.totals
    var metrics = MetricsDocument(
      population: population.finish(totals),
      normalisation: normalisation.finish(instances: totals.all.total))
    if let table = durations?.table(asOf: asOf, totals: totals) {
      if plan.metrics.contains(.turnaround) { metrics.turnaround = table.all }
      metrics.approvalLatency = approvals?.finish(table, configured: plan.approvalDefinitions)
    }
    metrics.failureRates = rates?.failureRates(totals)
    metrics.trend = trend?.finish(window: window)
    return metrics
  }
}
