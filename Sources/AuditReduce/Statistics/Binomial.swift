import AuditModel
import Glibc

/// A binomial distribution: how many of n independent trials succeed, each with probability p.
///
/// Both p and 1 − p are kept, so that neither loses digits near 1. Source of the point probabilities: C. Loader, "Fast
/// and Accurate Computation of Binomial Probabilities" (2000), whose deviance form keeps a relative error near 1e-14
/// where a difference of log-factorials would lose nine digits at a million trials.
struct Binomial {
  let trials: Int
  private let p: Double
  private let q: Double

  /// Terms smaller than this share of the sum no longer change it.
  private static let negligible = 1e-18

  /// Makes the distribution for a probability given as odds against its complement: p = part ÷ (part + rest).
  init(trials: Int, part: Double, rest: Double) {
    self.trials = trials
    p = part / (part + rest)
    q = rest / (part + rest)
  }

  /// min(P(X ≤ k), P(X ≥ k)).
  func smallerTail(_ k: Int) -> Double {
    let near = Double(k) >= Double(trials) * p ? upperTail(k) : lowerTail(k)
    return min(near, 1 - near + probability(of: k))
  }

  /// P(X ≥ k).
  func upperTail(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    guard Double(k) >= Double(trials) * p else { return 1 - lowerTail(k - 1) }
    var (sum, term) = (0.0, probability(of: k))
    for j in k...trials {
      sum += term
      if term <= sum * Self.negligible { break }
      term *= Double(trials - j) / Double(j + 1) * (p / q)
    }
    return min(sum, 1)
  }

  /// P(X ≤ k).
  func lowerTail(_ k: Int) -> Double {
    if k >= trials { return 1 }
    guard Double(k) <= Double(trials) * p else { return 1 - upperTail(k + 1) }
    var (sum, term) = (0.0, probability(of: k))
    for j in stride(from: k, through: 0, by: -1) {
      sum += term
      if term <= sum * Self.negligible { break }
      term *= Double(j) / Double(trials - j + 1) * (q / p)
    }
    return min(sum, 1)
  }

  /// P(X = k).
  func probability(of k: Int) -> Double {
    if p == 0 { return k == 0 ? 1 : 0 }
    if q == 0 { return k == trials ? 1 : 0 }
    let n = Double(trials)
    // log1p of the smaller of the two keeps the digits of the other.
    if k == 0 { return exp(n * (p < 0.5 ? log1p(-p) : log(q))) }
    if k == trials { return exp(n * (q < 0.5 ? log1p(-q) : log(p))) }
    let (x, y) = (Double(k), Double(trials - k))
    let exponent =
      Self.stirlingError(n) - Self.stirlingError(x) - Self.stirlingError(y)
      - Self.deviance(x, n * p) - Self.deviance(y, n * q)
    return exp(exponent) * (n / (2 * Double.pi * x * y)).squareRoot()
  }

  /// log n! less Stirling's approximation of it.
  private static func stirlingError(_ n: Double) -> Double {
    if n < 16 {
      let factorial = stride(from: 1, through: n, by: 1).reduce(1, *)
      return log(factorial) - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi)
    }
    let square = n * n
    let tail = (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square
    return (1.0 / 12 - (1.0 / 360 - tail) / square) / n
  }

  /// x log(x ÷ m) + m − x, without cancellation where x is near m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = difference / (x + m)
    var (sum, power) = (difference * v, 2 * x * v)
    for j in 1... {
      power *= v * v
      let next = sum + power / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}

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
