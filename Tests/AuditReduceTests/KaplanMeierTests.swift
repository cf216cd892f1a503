import AuditModel
import TestSupport
import Testing

@testable import AuditReduce

@Suite("The Kaplan–Meier estimate")
struct KaplanMeierTests {
  private func estimate(_ events: [Int64], _ censorings: [Int64] = []) -> KaplanMeierDocument {
    KaplanMeier(events: AscendingTimes(events), censorings: AscendingTimes(censorings)).document
  }

  @Test("Without instances nothing is reached and the curve is empty")
  func empty() {
    let estimate = estimate([])
    #expect(estimate.n == 0)
    #expect(estimate.p50 == nil)
    #expect(estimate.limits.p50 == .init(low: nil, high: nil))
    #expect(estimate.curve.isEmpty)
  }

  @Test("When nothing has ended nothing is reached")
  func allCensored() {
    let estimate = estimate([], [1, 2, 3])
    #expect((estimate.n, estimate.events, estimate.censored) == (3, 0, 3))
    #expect(estimate.p50 == nil)
    #expect(estimate.curve.isEmpty)
  }

  @Test("After a single event nothing is left, and both limits are zero")
  func oneEvent() {
    let estimate = estimate([5])
    #expect(estimate.curve == [.init(time: 5, survival: 0, lower: 0, upper: 0, atRisk: 1)])
    #expect((estimate.p50, estimate.p95) == (5, 5))
    #expect(estimate.limits.p50 == .init(low: 5, high: 5))
  }

  @Test("Events precede censorings at equal times")
  func ties() {
    // 4 at risk at 1, of whom 2 end; 1 is censored at 1 as well, which leaves 1 at risk at 2.
    let estimate = estimate([1, 1, 2], [1])
    #expect(estimate.curve.map(\.atRisk) == [4, 1])
    #expect(estimate.curve.map(\.survival) == [0.5, 0])
  }

  @Test("A quantile is reached where the share is exactly 1 − p")
  func boundary() {
    let estimate = estimate([1, 2, 3, 4], [])
    #expect((estimate.p50, estimate.p75, estimate.p90) == (2, 3, 4))
  }

  @Test("A share that rounding holds just above 1 − p still counts as reached")
  func tolerance() {
    // (6/7)(5/6)… with a censoring between: 0.75 × 2/3 is 0.5 in exact arithmetic.
    let estimate = estimate([1, 3], [2, 9, 9])
    #expect(estimate.curve.map(\.atRisk) == [5, 3])
    #expect(abs(estimate.curve[1].survival - 8.0 / 15) < 1e-15)
    let ten = self.estimate([1, 2, 3], [4, 4, 4, 4, 4, 4, 4])
    #expect(ten.curve.last?.survival == 0.7)
  }

  @Test("Limits are those of the scale log(−log S)")
  func limits() throws {
    // By hand: S = 6/7, Greenwood 1/42, √V = √(1/42)/|log(6/7)|.
    let first = try #require(estimate([0, 1, 2, 5], [0, 2, 3]).curve.first)
    #expect((first.time, first.atRisk) == (0, 7))
    #expect(abs(first.survival - 6.0 / 7) < 1e-15)
    #expect(abs(first.lower - 0.334054) < 1e-6)
    #expect(abs(first.upper - 0.978561) < 1e-6)
  }

  @Test("A limit that is not reached is missing")
  func unreachedLimit() {
    let estimate = estimate([1, 2, 3], [4, 4, 4])
    #expect(estimate.p50 == 3)
    #expect(estimate.limits.p50.low != nil)
    #expect(estimate.limits.p50.high == nil)
    #expect(estimate.p75 == nil)
  }

  @Test("The lower limit never rises, so that it can be searched", arguments: 0..<200)
  func monotone(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func times(_ most: Int) -> [Int64] {
      let count = Int.random(in: 0...most, using: &generator)
      return (0..<count).map { _ in Int64.random(in: 0...60, using: &generator) }.sorted()
    }
    let curve = estimate(times(40), times(80)).curve
    for (step, next) in zip(curve, curve.dropFirst()) {
      #expect(next.lower <= step.lower + 1e-15)
    }
  }

  @Test("Up to 400 event times the curve has them all", arguments: [399, 400])
  func shortCurve(count: Int64) {
    #expect(estimate(Array(1...count)).curve.map(\.time) == (1...count).map(Double.init))
  }

  @Test(
    "Beyond, it has 400 evenly spaced ones with the first and the last", arguments: [401, 5000])
  func longCurve(count: Int64) {
    let curve = estimate(Array(1...count)).curve
    #expect(curve.count == 400)
    #expect((curve.first?.time, curve.last?.time) == (1, Double(count)))
    let gaps = zip(curve, curve.dropFirst()).map { $1.time - $0.time }
    #expect(gaps.allSatisfy { abs($0 - Double(count - 1) / 399) < 1 })
  }
}
