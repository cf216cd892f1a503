/// A proportion with its Wilson 95 % interval.
public struct RateDocument: Sendable, Equatable {
  /// The share; `nil` when n is 0.
  public var rate: Double?
  /// The lower limit.
  public var low: Double?
  /// The upper limit.
  public var high: Double?
  /// Whether n is below 5.
  public var small: Bool

  /// Makes a rate.
  public init(rate: Double?, low: Double?, high: Double?, small: Bool) {
    self.rate = rate
    self.low = low
    self.high = high
    self.small = small
  }
}

/// One group in a table of rates: who or what it is, k, n, and the rate k/n with its interval.
///
/// In JSON the group's own keys, `failed` or `rejected`, `terminal`, `rate`, `low`, `high` and `small` stand side by side.
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

  private enum Key: String, CodingKey {
    case user
    case definitionId
    case definitionName
    case step
    case stepName
    case failureClass
    case failed
    case rejected
    case terminal
    case rate
    case low
    case high
    case small
    case tail
    case flag
  }

  /// Writes the keys of the group beside those of the rate; the count is named by the event.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch group {
    case .user(let user):
      try container.encode(user, forKey: .user)
    case .definition(let id, let name):
      try container.encode(id, forKey: .definitionId)
      try container.encode(name, forKey: .definitionName)
    case .step(let uniqueName, let name):
      try container.encode(uniqueName, forKey: .step)
      try container.encode(name, forKey: .stepName)
    case .failureClass(let failureClass, let step):
      try container.encode(failureClass, forKey: .failureClass)
      try container.encode(step, forKey: .step)
    }
    try container.encode(count, forKey: event == .failed ? .failed : .rejected)
    try container.encode(terminal, forKey: .terminal)
    try container.encode(rate.rate, forKey: .rate)
    try container.encode(rate.low, forKey: .low)
    try container.encode(rate.high, forKey: .high)
    try container.encode(rate.small, forKey: .small)
    guard hasOwnDenominator else { return }
    try container.encode(outlier?.tail, forKey: .tail)
    try container.encode(outlier?.flag?.rawValue, forKey: .flag)
  }
}

/// The ratio of two rates over equal time with its exact 95 % interval.
public struct RateRatioDocument: Encodable, Sendable, Equatable {
  /// The ratio; `null` when the earlier count is 0.
  @ExplicitNull public var ratio: Double?
  /// The lower limit.
  public var low: Double
  /// The upper limit; `null` when it is infinite.
  @ExplicitNull public var high: Double?

  /// Makes a ratio.
  public init(ratio: Double?, low: Double, high: Double?) {
    self.ratio = ratio
    self.low = low
    self.high = high
  }
}
