import TestSupport
import Testing

@testable import AuditReduce

@Suite("Times kept in order")
struct AscendingTimesTests {
  /// Every time, in order.
  private func all(_ times: AscendingTimes) -> [Int64] {
    times.times(at: Array(0..<times.count))
  }

  /// Times of very different lengths, some of them equal, none further from another than a difference can be.
  private func times(_ count: Int, using random: inout SeededGenerator) -> [Int64] {
    (0..<count).map { _ in
      let bits = Int.random(in: 0...60, using: &random)
      return Int64.random(in: 0...(1 << bits), using: &random) - (bits == 60 ? 1 << 59 : 0)
    }
  }

  @Test("They are those that were given, in order", arguments: 0..<20 as Range<UInt64>)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = times(Int(seed) * 17, using: &random)
    let kept = AscendingTimes(given)
    #expect(all(kept) == given.sorted())
    #expect(kept.last == given.max())
    #expect(kept.distinct == Set(given).count)
    for limit in given.prefix(5) + [.min, .max] {
      #expect(kept.count(beyond: limit) == given.count { $0 > limit })
    }
  }

  @Test("Put together they are those of all", arguments: 0..<20 as Range<UInt64>)
  func merged(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<Int(seed)).map { _ in
      times(Int.random(in: 0...40, using: &random), using: &random)
    }
    let kept = AscendingTimes(merging: parts.map { AscendingTimes($0) }[...])
    #expect(all(kept) == parts.flatMap { $0 }.sorted())
    #expect(kept.distinct == Set(parts.joined()).count)
  }

  @Test("However they come and are put together, gathered ones are all there")
  func gathered() {
    var random = SeededGenerator(seed: 7)
    var given: [Int64] = []
    var whole = GatheredTimes()
    for length in [1, 30_000, 0, 9_000, 8_192, 5, 8_191, 20_000] {
      let added = times(length, using: &random)
      var part = GatheredTimes()
      for time in added { part.append(time) }
      whole.merge(part)
      given += added
    }
    #expect(all(whole.ascending) == given.sorted())
  }

  @Test("The largest and the smallest integer are times like others")
  func extremes() {
    #expect(all(AscendingTimes([.max, .min, 0])) == [.min, 0, .max])
  }
}
