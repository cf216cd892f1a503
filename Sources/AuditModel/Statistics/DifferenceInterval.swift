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
      self.value = value
      self.low = low
      self.high = high
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
