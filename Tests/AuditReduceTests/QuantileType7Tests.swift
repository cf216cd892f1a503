import AuditModel
import Testing

@testable import AuditReduce

@Suite("Type-7 percentiles")
struct QuantileType7Tests {
  @Test("Without values everything is missing")
  func empty() {
    let percentiles = QuantileType7.percentiles(of: AscendingTimes([]))
    #expect(percentiles == .init(n: 0, p50: nil, p75: nil, p90: nil, p95: nil, p99: nil, max: nil))
  }

  @Test("One value is every percentile that one value allows")
  func one() {
    let percentiles = QuantileType7.percentiles(of: AscendingTimes([7]))
    #expect(percentiles == .init(n: 1, p50: 7, p75: 7, p90: 7, p95: nil, p99: nil, max: 7))
  }

  @Test("Between two values the percentile is interpolated")
  func interpolated() {
    // Excel: PERCENTILE.INC({1,2,3,10}, 0.5) = 2.5, 0.75 → 4.75, 0.9 → 7.9.
    let percentiles = QuantileType7.percentiles(of: AscendingTimes([1, 2, 3, 10]))
    #expect(percentiles.p50 == 2.5)
    #expect(percentiles.p75 == 4.75)
    #expect(percentiles.p90 == 7.9)
  }

  @Test("A percentile that falls on a value is that value, exactly")
  func exact() {
    // 0.95 × 20 and 0.9 × 30 are not whole in floating point.
    #expect(QuantileType7.percentiles(of: AscendingTimes(Array(0...20))).p95 == 19)
    #expect(QuantileType7.percentiles(of: AscendingTimes((0...30).map { $0 * 3 })).p90 == 81)
    #expect(
      QuantileType7.percentiles(of: AscendingTimes((0...100).map { $0 * 1_000_003 })).p99
        == 99_000_297)
  }

  @Test("p95 needs 20 values and p99 needs 100", arguments: [19, 20, 99, 100])
  func tooFew(count: Int) {
    let percentiles = QuantileType7.percentiles(
      of: AscendingTimes(Array(repeating: 5, count: count)))
    #expect(percentiles.p95 == (count >= 20 ? 5 : nil))
    #expect(percentiles.p99 == (count >= 100 ? 5 : nil))
    #expect(percentiles.max == 5)
  }
}
