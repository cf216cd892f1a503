/// `failureRates.rejectionRates`: Rejected instances per user, definition and step, ranked like failures.
public struct RejectionRatesDocument: Encodable, Sendable, Equatable {
  /// Over all terminal instances of the cohort.
  public var rejected: Int
  /// All terminal instances of the cohort.
  public var terminal: Int
  /// Per initiating user.
  public var byUser: [GroupRateDocument]
  /// Per definition.
  public var byDefinition: [GroupRateDocument]
  /// Per step.
  public var byStep: [GroupRateDocument]

  /// Makes the metric.
  public init(
    rejected: Int, terminal: Int, byUser: [GroupRateDocument], byDefinition: [GroupRateDocument],
    byStep: [GroupRateDocument]
  ) {
    self.rejected = rejected
    self.terminal = terminal
    self.byUser = byUser
    self.byDefinition = byDefinition
    self.byStep = byStep
  }
}
