/// A Kaplan–Meier estimate: quantiles with log–log (Brookmeyer–Crowley) 95 % limits, in milliseconds.
public struct KaplanMeierDocument: Encodable, Sendable, Equatable {
  /// The lower and the upper limit of a quantile; either may be "not reached".
  public struct Limits: Encodable, Sendable, Equatable {
    /// The lower limit.
    public var low: Double?
    /// The upper limit.
    public var high: Double?

    /// Makes limits.
    public init(low: Double?, high: Double?) {
      (self.low, self.high) = (low, high)
    }

    /// Writes an array: lower limit, upper limit.
    public func encode(to encoder: any Encoder) throws {
      try encoder.encode(elements: [low, high])
    }
  }

  /// The limits of each quantile.
  public struct QuantileLimits: Encodable, Sendable, Equatable {
    /// Of the median.
    public var p50: Limits
    /// Of the upper quartile.
    public var p75: Limits
    /// Of the 90th percentile.
    public var p90: Limits
    /// Of the 95th percentile.
    public var p95: Limits

    /// Makes the limits.
    public init(p50: Limits, p75: Limits, p90: Limits, p95: Limits) {
      (self.p50, self.p75, self.p90, self.p95) = (p50, p75, p90, p95)
    }
  }

  /// One step of the curve, written `[t, S, lower, upper, atRisk]`.
  public struct Step: Encodable, Sendable, Equatable {
    /// The event time in milliseconds.
    public var time: Double
    /// The share still unfinished after it.
    public var survival: Double
    /// The lower 95 % limit of that share.
    public var lower: Double
    /// The upper 95 % limit.
    public var upper: Double
    /// Instances still watched just before it.
    public var atRisk: Int

    /// Makes a step.
    public init(time: Double, survival: Double, lower: Double, upper: Double, atRisk: Int) {
      self.time = time
      self.survival = survival
      self.lower = lower
      self.upper = upper
      self.atRisk = atRisk
    }

    /// Writes an array: time, survival, lower and upper limit, at risk.
    public func encode(to encoder: any Encoder) throws {
      // Of these there are thousands, and a box for each of their numbers would take longer than writing it.
      var container = encoder.unkeyedContainer()
      try container.encode(time)
      try container.encode(survival)
      try container.encode(lower)
      try container.encode(upper)
      try container.encode(atRisk)
    }
  }

  /// Instances.
  public var n: Int
  /// Those that ended.
  public var events: Int
  /// Those that were still unfinished when last seen, or were superseded.
  public var censored: Int
  /// The median; `null` when not reached.
  @ExplicitNull public var p50: Double?
  /// The upper quartile.
  @ExplicitNull public var p75: Double?
  /// The 90th percentile.
  @ExplicitNull public var p90: Double?
  /// The 95th percentile.
  @ExplicitNull public var p95: Double?
  /// Their limits.
  public var limits: QuantileLimits
  /// The curve at every event time up to 400, otherwise at 400 of them.
  public var curve: [Step]
  /// Censoring times in milliseconds, ascending: all up to 400, otherwise 400 evenly spaced by index.
  public var censorings: [Double]

  /// Makes an estimate.
  public init(
    n: Int, events: Int, censored: Int, p50: Double?, p75: Double?, p90: Double?, p95: Double?,
    limits: QuantileLimits, curve: [Step], censorings: [Double] = []
  ) {
    self.censorings = censorings
    self.n = n
    self.events = events
    self.censored = censored
    self.p50 = p50
    self.p75 = p75
    self.p90 = p90
    self.p95 = p95
    self.limits = limits
    self.curve = curve
  }
}

/// Hyndman–Fan type 7 percentiles of observed durations, in milliseconds; `null` where there are too few.
public struct PercentilesDocument: Encodable, Sendable, Equatable {
  /// Observed durations.
  public var n: Int
  /// The median.
  @ExplicitNull public var p50: Double?
  /// The upper quartile.
  @ExplicitNull public var p75: Double?
  /// The 90th percentile.
  @ExplicitNull public var p90: Double?
  /// The 95th percentile; needs 20.
  @ExplicitNull public var p95: Double?
  /// The 99th percentile; needs 100.
  @ExplicitNull public var p99: Double?
  /// The longest.
  @ExplicitNull public var max: Double?

  /// Makes percentiles.
  public init(
    n: Int, p50: Double?, p75: Double?, p90: Double?, p95: Double?, p99: Double?, max: Double?
  ) {
    self.n = n
    self.p50 = p50
    self.p75 = p75
    self.p90 = p90
    self.p95 = p95
    self.p99 = p99
    self.max = max
  }
}

extension KaplanMeierDocument {
  /// A quantile by its name in report.json, and where its limits are.
  public struct Quantile: Sendable {
    /// Its name.
    public var name: String
    /// The estimate.
    public var value: any KeyPath<KaplanMeierDocument, Double?> & Sendable
    /// Its limits.
    public var limits: any KeyPath<QuantileLimits, Limits> & Sendable
  }

  /// The quantiles.
  public static let quantiles = [
    Quantile(name: "p50", value: \.p50, limits: \.p50),
    Quantile(name: "p75", value: \.p75, limits: \.p75),
    Quantile(name: "p90", value: \.p90, limits: \.p90),
    Quantile(name: "p95", value: \.p95, limits: \.p95),
  ]
}

extension PercentilesDocument {
  /// The quantiles by their names in report.json.
  public static let quantiles: [(name: String, value: any KeyPath<Self, Double?> & Sendable)] = [
    ("p50", \.p50), ("p75", \.p75), ("p90", \.p90), ("p95", \.p95), ("p99", \.p99), ("max", \.max),
  ]
}
