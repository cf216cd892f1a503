/// The ratio of two rates over equal time with its exact 95 % interval.
public struct RateRatioDocument: Encodable, Sendable, Equatable {
  /// The ratio; `null` when the earlier count is 0.
  @WrittenNull public var ratio: Double?
  /// The lower limit.
  public var low: Double
  /// The upper limit; `null` when it is infinite.
  @WrittenNull public var high: Double?

  /// Makes a ratio.
  public init(ratio: Double?, low: Double, high: Double?) {
    self.ratio = ratio
    self.low = low
    self.high = high
  }
}
