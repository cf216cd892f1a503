import AuditModel
import Testing

@testable import AuditReduce

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
