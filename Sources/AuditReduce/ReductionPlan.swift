public import AuditModel

/// What is to be reduced, and how.
public struct ReductionPlan: Sendable {
  /// The metrics asked for; population and normalisation are always computed.
  public var metrics: Set<MetricKey>
  /// The zone of days.
  public var zone: CivilZone
  /// Definitions that ask for approval whatever their instances show: ids in lower case.
  public var approvalDefinitions: Set<Name>

  /// Makes a plan.
  public init(metrics: Set<MetricKey>, zone: CivilZone, approvalDefinitions: Set<Name>) {
    self.metrics = metrics
    self.zone = zone
    self.approvalDefinitions = approvalDefinitions
  }
}
