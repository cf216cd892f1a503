import AuditModel

/// The Wilson 95 % score interval of k among n, without continuity correction, clamped to [0, 1].
///
/// The rates of groups come with their intervals; the headline's rate over all of them is the page's own.
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
enum WilsonInterval {
  static func rate(_ count: Int, of total: Int) -> RateDocument {
    guard total > 0 else { return RateDocument(rate: nil, low: nil, high: nil, small: true) }
    let z = 1.959963984540054
    let n = Double(total)
    let p = Double(count) / n
    let centre = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return RateDocument(
      rate: p, low: max(0, (centre - spread) / scale), high: min(1, (centre + spread) / scale),
      small: total < 5)
  }
}
