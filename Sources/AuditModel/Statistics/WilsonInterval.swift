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
