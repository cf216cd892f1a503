/// Hyndman–Fan type 7 percentiles of observed durations, in milliseconds; `null` where there are too few.
public struct PercentilesDocument: Encodable, Sendable, Equatable {
  /// Observed durations.
  public var n: Int
  /// The median.
  @WrittenNull public var p50: Double?
  /// The upper quartile.
  @WrittenNull public var p75: Double?
  /// The 90th percentile.
  @WrittenNull public var p90: Double?
  /// The 95th percentile; needs 20.
  @WrittenNull public var p95: Double?
  /// The 99th percentile; needs 100.
  @WrittenNull public var p99: Double?
  /// The longest.
  @WrittenNull public var max: Double?

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
