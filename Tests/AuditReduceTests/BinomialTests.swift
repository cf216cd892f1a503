import AuditModel
import Testing

@testable import AuditReduce

@Suite("The binomial distribution")
struct BinomialTests {
  /// The sum of exact terms: for trials up to 60 every coefficient fits a Double.
  private func tail(_ range: ClosedRange<Int>, of trials: Int, _ part: Double, _ rest: Double)
    -> Double
  {
    let p = part / (part + rest)
    return range.reduce(0) { sum, k in
      var term = 1.0
      for j in 0..<k { term *= Double(trials - j) / Double(k - j) * p }
      for _ in k..<trials { term *= 1 - p }
      return sum + term
    }
  }

  @Test(
    "Both tails are the sums of their terms", arguments: [1, 2, 7, 16, 17, 40], [0.5, 0.03, 0.92])
  func sums(trials: Int, p: Double) {
    let binomial = Binomial(trials: trials, part: p, rest: 1 - p)
    for k in 0...trials {
      let (lower, upper) = (
        tail(0...k, of: trials, p, 1 - p), tail(k...trials, of: trials, p, 1 - p)
      )
      #expect(abs(binomial.lowerTail(k) / lower - 1) < 1e-11)
      #expect(abs(binomial.upperTail(k) / upper - 1) < 1e-11)
      #expect(abs(binomial.smallerTail(k) / min(lower, upper) - 1) < 1e-11)
    }
  }

  @Test("A million trials keep their digits")
  func large() {
    // scipy.stats.binom.sf(50499, 1_000_000, 0.05) and binom.pmf(50000, 1_000_000, 0.05).
    let binomial = Binomial(trials: 1_000_000, part: 1, rest: 19)
    #expect(abs(binomial.probability(of: 50_000) / 0.0018304696617921013 - 1) < 1e-9)
    #expect(abs(binomial.upperTail(50_500) / 0.011041122391130916 - 1) < 1e-9)
  }

  @Test("A rate of none or of all leaves no doubt", arguments: [(0.0, 5.0), (5.0, 0.0)])
  func certain(part: Double, rest: Double) {
    let binomial = Binomial(trials: 3, part: part, rest: rest)
    #expect(binomial.smallerTail(part == 0 ? 0 : 3) == 1)
  }
}

@Suite("The ratio of two rates")
struct RateRatioTests {
  @Test("Two nothings say nothing")
  func none() {
    #expect(RateRatio.of(0, to: 0) == nil)
  }

  @Test("With one count of 0 one limit is known: (1/0.025)^(1/n) − 1")
  func zero() throws {
    let fewer = try #require(RateRatio.of(0, to: 5))
    #expect((fewer.ratio, fewer.low) == (0, 0))
    // P(X = 0) = (1/(1 + r))⁵ = 0.025.
    let high = try #require(fewer.high)
    #expect(abs(high - 1.0912792) < 1e-6)
    let more = try #require(RateRatio.of(5, to: 0))
    #expect(more.ratio == nil && more.high == nil)
    #expect(abs(more.low * high - 1) < 1e-12)
  }

  @Test(
    "Turning the question round turns ratio and limits round",
    arguments: [(3, 7), (120, 95), (1, 1)])
  func inverse(later: Int, earlier: Int) throws {
    let one = try #require(RateRatio.of(later, to: earlier))
    let other = try #require(RateRatio.of(earlier, to: later))
    #expect(abs(one.low * (other.high ?? 0) - 1) < 1e-12)
    #expect(abs((one.ratio ?? 0) * (other.ratio ?? 0) - 1) < 1e-12)
    #expect(one.low < one.ratio ?? 0 && one.ratio ?? 0 < one.high ?? 0)
  }
}
