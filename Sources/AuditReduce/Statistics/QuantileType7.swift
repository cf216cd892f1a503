import AuditModel

/// Percentiles of observed values by linear interpolation of order statistics: type 7, Excel's PERCENTILE.INC.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
enum QuantileType7 {
  /// The percentile of values in ascending order; `nil` when there are none.
  ///
  /// The position (n − 1) · percent / 100 is split in integers, and one division comes at the end, so that the
  /// result is the nearest `Double` to the exact one. Values must stay below 2^56, which is two million years of milliseconds.
  static func percentile(_ percent: Int, ofSorted values: [Int64]) -> Double? {
    guard let last = values.last else { return nil }
    let (index, hundredths) = ((values.count - 1) * percent).quotientAndRemainder(dividingBy: 100)
    guard index + 1 < values.count else { return Double(last) }
    let rise = values[index + 1] - values[index]
    return Double(values[index] * 100 + rise * Int64(hundredths)) / 100
  }

  /// The percentiles of a report: p95 from 20 values on, p99 from 100 on.
  static func percentiles(ofSorted values: [Int64]) -> PercentilesDocument {
    PercentilesDocument(
      n: values.count, p50: percentile(50, ofSorted: values),
      p75: percentile(75, ofSorted: values), p90: percentile(90, ofSorted: values),
      p95: values.count >= 20 ? percentile(95, ofSorted: values) : nil,
      p99: values.count >= 100 ? percentile(99, ofSorted: values) : nil,
      max: values.last.map(Double.init))
  }
}
