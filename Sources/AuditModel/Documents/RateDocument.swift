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
    case failed
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

  /// Makes a row.
  public init(group: Group, event: Event, count: Int, terminal: Int, rate: RateDocument) {
    self.group = group
    self.event = event
    self.count = count
    self.terminal = terminal
    self.rate = rate
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
  }

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
  }
}
