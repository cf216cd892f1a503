import Testing

@testable import AuditModel

@Suite("Intervals of differences")
struct DifferenceIntervalTests {
  /// Two proportions and the limits of method 10 in Table II of Newcombe (1998).
  struct Contrast: Sendable, CustomTestStringConvertible {
    var first: (count: Int, total: Int)
    var second: (count: Int, total: Int)
    var low: Double
    var high: Double

    var testDescription: String {
      "\(first.count)/\(first.total) - \(second.count)/\(second.total)"
    }
  }

  private static let published = [
    Contrast(first: (56, 70), second: (48, 80), low: 0.0524, high: 0.3339),
    Contrast(first: (9, 10), second: (3, 10), low: 0.1705, high: 0.8090),
    Contrast(first: (6, 7), second: (2, 7), low: 0.0582, high: 0.8062),
    Contrast(first: (5, 56), second: (0, 29), low: -0.0381, high: 0.1926),
    Contrast(first: (0, 10), second: (0, 20), low: -0.1611, high: 0.2775),
    Contrast(first: (0, 10), second: (0, 10), low: -0.2775, high: 0.2775),
    Contrast(first: (10, 10), second: (0, 20), low: 0.6791, high: 1),
    Contrast(first: (10, 10), second: (0, 10), low: 0.6075, high: 1),
  ]

  private func estimate(_ count: Int, of total: Int) throws -> DifferenceInterval.Estimate {
    let rate = WilsonInterval.rate(count, of: total)
    return .init(
      value: try #require(rate.rate), low: try #require(rate.low), high: try #require(rate.high))
  }

  @Test("They are Newcombe's for proportions", arguments: published)
  func newcombe(_ contrast: Contrast) throws {
    let interval = DifferenceInterval(
      of: try estimate(contrast.first.count, of: contrast.first.total),
      less: try estimate(contrast.second.count, of: contrast.second.total))
    #expect(abs(interval.low - contrast.low) < 0.00006)
    #expect(abs(interval.high - contrast.high) < 0.00006)
    #expect(interval.excludesZero == (contrast.low > 0))
  }

  @Test("Turned round, they turn round")
  func antisymmetry() throws {
    let (one, other) = (try estimate(7, of: 90), try estimate(31, of: 112))
    let (forth, back) = (
      DifferenceInterval(of: one, less: other), DifferenceInterval(of: other, less: one)
    )
    #expect(forth.low == -back.high && forth.high == -back.low)
    #expect(forth.excludesZero && back.excludesZero)
  }
}
