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
    (self.rate, self.low, self.high, self.small) = (rate, low, high, small)
  }
}

/// The Wilson 95 % score interval of a proportion, without continuity correction.
///
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
public enum WilsonInterval {
  /// The 97.5th percentile of the normal distribution.
  public static let z = 1.959963984540054

  /// The rate k/n with its interval, clamped to [0, 1]; everything missing when n is 0.
  public static func rate(_ count: Int, of total: Int) -> RateDocument {
    guard total > 0 else { return RateDocument(rate: nil, low: nil, high: nil, small: true) }
    let n = Double(total)
    let p = Double(count) / n
    let scale = 1 + z * z / n
    let centre = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return RateDocument(
      rate: p, low: count == 0 ? 0 : max(0, (centre - spread) / scale),
      high: count == total ? 1 : min(1, (centre + spread) / scale), small: total < 5)
  }
}

/// The difference of two independent estimates with a 95 % interval, made of the intervals of the two.
///
/// With Wilson limits of proportions this is Newcombe's hybrid score interval. Sources: R. G. Newcombe, "Interval
/// estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), method 10;
/// G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008).
public struct DifferenceInterval: Sendable, Equatable {
  /// An estimate and its 95 % limits.
  public struct Estimate: Sendable, Equatable {
    /// The estimate.
    public var value: Double
    /// The lower limit.
    public var low: Double
    /// The upper limit.
    public var high: Double

    /// Makes an estimate.
    public init(value: Double, low: Double, high: Double) {
      (self.value, self.low, self.high) = (value, low, high)
    }
  }

  /// The lower limit of the difference.
  public let low: Double
  /// The upper limit of the difference.
  public let high: Double

  /// The interval of one estimate less another.
  public init(of estimate: Estimate, less other: Estimate) {
    func distance(_ one: Double, _ other: Double) -> Double {
      (one * one + other * other).squareRoot()
    }
    let difference = estimate.value - other.value
    low = difference - distance(estimate.value - estimate.low, other.high - other.value)
    high = difference + distance(estimate.high - estimate.value, other.value - other.low)
  }

  /// Whether it leaves out 0: that there is a difference is more than chance would say.
  public var excludesZero: Bool { low > 0 || high < 0 }
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
    (self.ratio, self.low, self.high) = (ratio, low, high)
  }
}
