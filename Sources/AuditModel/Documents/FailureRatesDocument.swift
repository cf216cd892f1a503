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

/// One group in a table of rates: who or what it is, k, n, and the rate k/n with its interval.
///
/// In JSON the group's own keys, `failed` or `rejected`, `terminal`, `rate`, `low`, `high` and `small` are side by side.
public struct GroupRateDocument: Encodable, Sendable, Equatable {
  /// What is grouped by.
  public enum Group: Sendable, Equatable {
    /// A user, as spelled in the smallest reference id.
    case user(String)
    /// A definition by GUID, with its display name.
    case definition(id: String?, name: String?)
    /// A step by its unique name, with its display name.
    case step(uniqueName: String?, name: String?)
    /// A failure class, with the step's name where it is `customStep`.
    case failureClass(String, step: String?)
  }

  /// What is counted.
  public enum Event: String, Sendable {
    /// Instances that ended as Failed.
    case failed
    /// Instances that ended as Rejected.
    case rejected
  }

  /// The group.
  public var group: Group
  /// What is counted.
  public var event: Event
  /// How many of the group's instances had the event: k.
  public var count: Int
  /// Of how many terminal instances: n.
  public var terminal: Int
  /// k/n.
  public var rate: RateDocument
  /// How far it lies from the rate of all groups; `nil` where n is not the group's own.
  public var outlier: Outlier?

  /// How surprising a group's count would be if it had the rate of all groups together.
  public struct Outlier: Sendable, Equatable {
    /// How sure it is that the group differs.
    public enum Flag: String, Sendable {
      /// The tail is below 0.025: outside the 95 % limits of a funnel plot.
      case beyond95
      /// The tail is below 0.001: outside the 99.8 % limits.
      case beyond998
    }

    /// min(P(X ≤ k), P(X ≥ k)) for X binomial with the group's n and the overall rate.
    public var tail: Double

    /// The flag; `nil` for a group like the others.
    public var flag: Flag? { tail < 0.001 ? .beyond998 : tail < 0.025 ? .beyond95 : nil }

    /// Makes it from the tail's probability.
    public init(tail: Double) {
      self.tail = tail
    }
  }

  /// Makes a row.
  public init(
    group: Group, event: Event, count: Int, terminal: Int, rate: RateDocument,
    outlier: Outlier? = nil
  ) {
    self.outlier = outlier
    self.group = group
    self.event = event
    self.count = count
    self.terminal = terminal
    self.rate = rate
  }

  /// Whether n is the group's own, so that the group can be held against the others.
  public var hasOwnDenominator: Bool {
    switch group {
    case .user, .definition: true
    case .step, .failureClass: false
    }
  }

  /// Writes the keys of the group beside those of the rate; the count is named by the event.
  public func encode(to encoder: any Encoder) throws {
    switch group {
    case .user(let user): try encoder.encode(members: ["user": user])
    case .definition(let id, let name):
      try encoder.encode(members: ["definitionId": id, "definitionName": name])
    case .step(let uniqueName, let name):
      try encoder.encode(members: ["step": uniqueName, "stepName": name])
    case .failureClass(let failureClass, let step):
      try encoder.encode(members: ["failureClass": failureClass, "step": step])
    }
    try encoder.encode(members: [
      event.rawValue: count, "terminal": terminal, "rate": rate.rate, "low": rate.low,
      "high": rate.high, "small": rate.small,
    ])
    guard hasOwnDenominator else { return }
    try encoder.encode(members: ["tail": outlier?.tail, "flag": outlier?.flag?.rawValue])
  }
}
