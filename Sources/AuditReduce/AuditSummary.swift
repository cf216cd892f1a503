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
    if !plan.metrics.isDisjoint(with: [.failureRates, .rejectionRates]) { rates = RateReducer() }
    if plan.metrics.contains(.trend) { trend = TrendReducer(zone: plan.zone) }
  }

  /// Counts the instances of a batch; those outside the window count only as such.
  public mutating func add(_ batch: InstanceBatch) {
    normalisation.add(unknownFields: batch.unknownFields)
    for instance in batch.instances {
      guard !instance.quality.contains(.outOfWindow) else {
        normalisation.addOutOfWindow()
        continue
      }
      population.add(instance, in: batch)
      normalisation.add(instance, in: batch)
      durations?.add(instance, in: batch)
      approvals?.add(instance, in: batch)
      rates?.add(instance, in: batch)
      trend?.add(instance, in: batch)
    }
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

  /// The first and the last start of the cohort.
  public var startBounds: (earliest: Instant, latest: Instant)? { population.startBounds }

  /// The metrics that were asked for.
  public func finish(asOf: Instant, window: Window) -> MetricsDocument {
    var metrics = MetricsDocument(
      population: population.finish(),
      normalisation: normalisation.finish(instances: population.instances))
    if plan.metrics.contains(.turnaround) {
      metrics.turnaround = durations?.turnaround(asOf: asOf)
    }
    if let durations, let approvals {
      metrics.approvalLatency = approvals.finish(
        durations: durations, configured: plan.approvalDefinitions, asOf: asOf)
    }
    if plan.metrics.contains(.failureRates) { metrics.failureRates = rates?.failureRates() }
    if plan.metrics.contains(.rejectionRates) { metrics.rejectionRates = rates?.rejectionRates() }
    metrics.trend = trend?.finish(window: window)
    return metrics
  }
}
