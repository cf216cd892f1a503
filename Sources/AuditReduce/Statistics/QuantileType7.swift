import AuditModel

/// Percentiles of observed values by linear interpolation of order statistics: type 7, Excel's PERCENTILE.INC.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
enum QuantileType7 {
  /// The quantile of values in ascending order; `nil` when there are none.
  static func quantile(_ probability: Double, ofSorted values: [Int64]) -> Double? {
    guard let last = values.last else { return nil }
    let position = Double(values.count - 1) * probability
    let index = Int(position)
    guard index + 1 < values.count else { return Double(last) }
    let low = Double(values[index])
    return low + (Double(values[index + 1]) - low) * (position - Double(index))
  }

  /// The percentiles of a report: p95 from 20 values on, p99 from 100 on.
  static func percentiles(ofSorted values: [Int64]) -> PercentilesDocument {
    PercentilesDocument(
      n: values.count, p50: quantile(0.5, ofSorted: values), p75: quantile(0.75, ofSorted: values),
      p90: quantile(0.9, ofSorted: values),
      p95: values.count >= 20 ? quantile(0.95, ofSorted: values) : nil,
      p99: values.count >= 100 ? quantile(0.99, ofSorted: values) : nil,
      max: values.last.map(Double.init))
  }
}
