/// `failureRates`: Failed instances per user, definition, step and class, each ranked by the interval's lower limit.
public struct FailureRatesDocument: Encodable, Sendable, Equatable {
  /// Over all terminal instances of the cohort.
  public var failed: Int
  /// All terminal instances of the cohort.
  public var terminal: Int
  /// Per initiating user; n is the user's terminal instances.
  public var byUser: [GroupRateDocument]
  /// Per definition; n is the definition's terminal instances.
  public var byDefinition: [GroupRateDocument]
  /// Per step; n is all terminal instances.
  public var byStep: [GroupRateDocument]
  /// Per failure class; n is all terminal instances.
  public var byClass: [GroupRateDocument]
  /// Terminal instances whose title names no user: in no row of `byUser`.
  public var withoutUser: Int
  /// The same for Rejected instances, but for the classes, which are those of failures.
  public var rejectionRates: RejectionRatesDocument

  /// Makes the metric.
  public init(
    failed: Int, terminal: Int, byUser: [GroupRateDocument], byDefinition: [GroupRateDocument],
    byStep: [GroupRateDocument], byClass: [GroupRateDocument], withoutUser: Int,
    rejectionRates: RejectionRatesDocument
  ) {
    self.failed = failed
    self.terminal = terminal
    self.byUser = byUser
    self.byDefinition = byDefinition
    self.byStep = byStep
    self.byClass = byClass
    self.withoutUser = withoutUser
    self.rejectionRates = rejectionRates
  }
}

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
