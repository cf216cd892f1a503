/// The key figures of one report, each over all instances and by workflow type.
public struct HistoryFigures: Encodable, Sendable, Equatable {
  /// A proportion with its Wilson 95 % interval.
  public struct Rate: Encodable, Sendable, Equatable {
    /// How many.
    public var k: Int
    /// Of how many.
    public var n: Int
    /// The share; `null` when n is 0.
    @ExplicitNull public var rate: Double?
    /// The lower limit.
    @ExplicitNull public var low: Double?
    /// The upper limit.
    @ExplicitNull public var high: Double?
    /// Whether n is below 5.
    public var small: Bool

    /// Computes the share and its interval.
    public init(_ k: Int, of n: Int) {
      let rate = WilsonInterval.rate(k, of: n)
      self.k = k
      self.n = n
      (self.rate, low, high, small) = (rate.rate, rate.low, rate.high, rate.small)
    }

    /// The share as tables and charts know it.
    public var document: RateDocument {
      RateDocument(rate: rate, low: low, high: high, small: small)
    }
  }

  /// A time to finish, in milliseconds, with its 95 % limits.
  public struct Time: Encodable, Sendable, Equatable {
    /// The time that the report shows: observed where nothing is open, else the estimate that counts open requests.
    @ExplicitNull public var value: Double?
    /// The lower limit; `null` when it is not reached.
    @ExplicitNull public var low: Double?
    /// The upper limit; `null` when it is not reached.
    @ExplicitNull public var high: Double?

    /// Makes one from its parts.
    public init(value: Double?, low: Double?, high: Double?) {
      (self.value, self.low, self.high) = (value, low, high)
    }
  }

  /// The instances of a workflow type, or all.
  public struct Group: Encodable, Sendable, Equatable {
    /// Instances that started in the period.
    public var instances: Int
    /// Those of them that are open as of the status date.
    public var open: Int
    /// Failed of finished.
    public var failures: Rate
    /// Rejected of finished.
    public var rejections: Rate

    /// Counts instances by status.
    public init(instances: Int, completed: Int, failed: Int, rejected: Int, open: Int) {
      let finished = completed + failed + rejected
      self.instances = instances
      self.open = open
      failures = Rate(failed, of: finished)
      rejections = Rate(rejected, of: finished)
    }
  }

  /// The instances of one workflow type, and how long they took.
  public struct ByType: Encodable, Sendable, Equatable {
    /// The workflow type; `null` where the server sent none.
    public var workflowType: String?
    /// The counts.
    public var group: Group
    /// Half finish within it; `null` where the report has no such figure.
    public var median: Time?
    /// 90% finish within it.
    public var ninety: Time?

    /// Makes one from its parts.
    public init(workflowType: String?, group: Group, median: Time?, ninety: Time?) {
      self.workflowType = workflowType
      self.group = group
      self.median = median
      self.ninety = ninety
    }

    /// Writes the counts beside the type.
    public func encode(to encoder: any Encoder) throws {
      try group.encode(to: encoder)
      try encoder.encode(members: [
        "workflowType": workflowType, "median": median, "ninety": ninety,
      ])
    }
  }

  /// How a service level was kept.
  public struct ServiceLevel: Encodable, Sendable, Equatable {
    /// The workflow type that it is for.
    public var workflowType: String
    /// The longest time allowed, in milliseconds.
    public var limit: Double
    /// Requests that took longer, of those of which it is known.
    public var missed: Rate

    /// Makes one from its parts.
    public init(workflowType: String, limit: Double, missed: Rate) {
      (self.workflowType, self.limit, self.missed) = (workflowType, limit, missed)
    }
  }

  /// All instances.
  public var all: Group
  /// By workflow type.
  public var byWorkflowType: [ByType]
  /// Service levels by workflow type and limit.
  public var serviceLevels: [ServiceLevel]
  /// What metrics declare beside these; `nil`, and left out, where none declares any.
  public var declared: [ReportedFigure]?

  /// Makes the figures.
  public init(
    all: Group, byWorkflowType: [ByType], serviceLevels: [ServiceLevel],
    declared: [ReportedFigure]? = nil
  ) {
    (self.all, self.byWorkflowType, self.serviceLevels) = (all, byWorkflowType, serviceLevels)
    self.declared = declared
  }
}

/// A figure that a metric declares for histories, beside those that they show of every report.
public struct KeyFigure: Sendable, Equatable {
  /// The figure.
  public var figure: ReportFigure
  /// What people call it.
  public var title: String

  /// Names a figure.
  public init(_ title: String, _ figure: ReportFigure) {
    (self.title, self.figure) = (title, figure)
  }
}

/// A key figure in one of its groups, over the packs of an archive.
public struct KeyFigureSeries: Sendable, Equatable {
  /// The figure.
  public var key: KeyFigure
  /// The group; `nil` where the figure has none, and for the group without a name.
  public var group: String?

  /// What a pack's report has; `nil` where it has no such group.
  public func value(in pack: HistoryPack) -> ReportedFigure? {
    pack.report?.figures.declared?.first {
      $0.figure.isSame(as: key.figure.name) && $0.group.map { Name($0) } == group.map { Name($0) }
    }
  }
}

extension HistoryDocument {
  /// The series of a key figure: the groups with most observations first, then by name.
  public func series(of key: KeyFigure) -> [KeyFigureSeries] {
    var observations: [Name?: Int] = [:]
    for reported in packs.flatMap({ $0.report?.figures.declared ?? [] })
    where reported.figure.isSame(as: key.figure.name) {
      observations[reported.group.map { Name($0) }, default: 0] += reported.n ?? 0
    }
    return observations.sorted { left, right in
      left.value != right.value
        ? left.value > right.value
        : (left.key?.bytes ?? []).lexicographicallyPrecedes(right.key?.bytes ?? [])
    }.map { KeyFigureSeries(key: key, group: $0.key?.string) }
  }
}
