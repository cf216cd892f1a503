import AuditEvidence
import TestSupport
import Testing

@Suite("Sizes of samples")
struct SampleSizeTests {
  @Test("Three percent and at least one, by the Baseline Requirements")
  func br87() {
    #expect(SampleSize.br87.allocation(over: [0, 1, 33, 34, 100, 101]) == [0, 1, 1, 2, 3, 4])
  }

  @Test("A count is shared out in proportion, one to each stratum first, by largest remainder")
  func shared() {
    #expect(SampleSize.count(10).allocation(over: [70, 20, 10]) == [6, 2, 2])
    #expect(SampleSize.count(2).allocation(over: [1, 1, 1]) == [1, 1, 0])
    #expect(SampleSize.count(4).allocation(over: [1000, 1, 1]) == [2, 1, 1])
    #expect(SampleSize.count(5).allocation(over: [0, 2, 1]) == [0, 2, 1])
  }

  @Test("Whatever the strata, the count is met and no stratum gives more than it has")
  func law() {
    var random = SeededGenerator(seed: 87)
    for _ in 0..<500 {
      let strata = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Int.random(in: 0...50, using: &random)
      }
      let count = Int.random(in: 1...300, using: &random)
      let allocation = SampleSize.count(count).allocation(over: strata)
      #expect(allocation.reduce(0, +) == min(count, strata.reduce(0, +)))
      #expect(zip(allocation, strata).allSatisfy { $0 <= $1 })
    }
  }
}
