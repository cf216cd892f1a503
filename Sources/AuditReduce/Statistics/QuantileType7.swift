import AuditModel

/// Percentiles of observed values by linear interpolation of order statistics: type 7, Excel's PERCENTILE.INC.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
struct QuantileType7 {
  private let times: AscendingTimes
  private var cursor: AscendingTimes.Cursor
  /// How many values lie before the cursor.
  private var passed = 0

  private init(_ times: AscendingTimes) {
    self.times = times
    cursor = times.cursor
  }

  /// The percentile of the values, which must not be less than the one asked for before; `nil` when there are none.
  ///
  /// The position (n − 1) · percent / 100 is split in integers, and one division comes at the end, so that the
  /// result is the nearest `Double` to the exact one. Values must stay below 2^56, which is two million years of milliseconds.
  private mutating func percentile(_ percent: Int) -> Double? {
    guard let last = times.last else { return nil }
    let (index, hundredths) = ((times.count - 1) * percent).quotientAndRemainder(dividingBy: 100)
    while passed < index {
      cursor.advance()
      passed += 1
    }
    let value = cursor.time ?? last
    var next = cursor
    next.advance()
    let rise = (next.time ?? last) - value
    return Double(value * 100 + rise * Int64(hundredths)) / 100
  }

  /// The percentiles of a report: p95 from 20 values on, p99 from 100 on.
  static func percentiles(of times: AscendingTimes) -> PercentilesDocument {
    var quantiles = QuantileType7(times)
    return PercentilesDocument(
      n: times.count, p50: quantiles.percentile(50), p75: quantiles.percentile(75),
      p90: quantiles.percentile(90), p95: times.count >= 20 ? quantiles.percentile(95) : nil,
      p99: times.count >= 100 ? quantiles.percentile(99) : nil, max: times.last.map(Double.init))
  }
}
