import AuditModel

/// The ratio of two Poisson rates over equal time with its exact 95 % interval.
///
/// Given both counts' sum n, the later count is binomial with odds equal to the ratio: Clopper–Pearson limits on those
/// odds are exact limits of the ratio. Source: J. Przyborowski, H. Wilenski, Biometrika 31 (1940); C. J. Clopper,
/// E. S. Pearson, Biometrika 26 (1934).
enum RateRatio {
  private static let tail = 0.025

  /// The later count against the earlier one; `nil` when both are 0, which says nothing.
  static func of(_ later: Int, to earlier: Int) -> RateRatioDocument? {
    let sum = later + earlier
    guard sum > 0 else { return nil }
    // Both tails are monotone in the odds.
    let low = later == 0 ? 0 : odds { binomial(sum, $0).upperTail(later) >= tail }
    let high = earlier == 0 ? nil : odds { binomial(sum, $0).lowerTail(later) <= tail }
    return RateRatioDocument(
      ratio: earlier == 0 ? nil : Double(later) / Double(earlier), low: low, high: high)
  }

  private static func binomial(_ trials: Int, _ odds: Double) -> Binomial {
    Binomial(trials: trials, part: odds, rest: 1)
  }

  /// The smallest odds that reach a condition which all greater odds meet too, by bisection to the last digit.
  private static func odds(where holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    while !holds(high) { (low, high) = (high, high * 2) }
    while true {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { return high }
      if holds(middle) { high = middle } else { low = middle }
    }
  }
}
