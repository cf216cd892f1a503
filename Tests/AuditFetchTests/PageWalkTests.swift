import AuditModel
import TestSupport
import Testing

@testable import AuditFetch

@Suite("The walk over pages")
struct PageWalkTests {
  private static let from = Instant(milliseconds: 1_790_812_800_000)
  private static let window = Window(
    from: from, to: from.advanced(byMilliseconds: 86_400_000), zone: .utc)

  private func rows(_ ids: [Int64], start: Instant? = from) -> [RowIdentity] {
    ids.map {
      RowIdentity(
        referenceID: $0, id: InstanceID(high: 0, low: UInt64($0)), start: start, range: 0..<1)
    }
  }

  private func walk(until end: PageWalk.End = .counted) -> PageWalk {
    PageWalk(
      ReferenceRange(after: 0, through: 100), askedWindow: Self.window.widened(byHours: 26),
      until: end)
  }

  @Test("It begins before the first id and goes on after the last one it was given")
  func progress() throws {
    var walk = walk()
    #expect(walk.start == .ask(after: 0))
    #expect(try walk.receive(rows([4, 7, 9]), asked: 3, total: 8) == .ask(after: 9))
    #expect(try walk.receive(rows([10]), asked: 3, total: 5) == .ask(after: 10))
    #expect(walk.firstTotal == 8)
    #expect(walk.contradictions.isEmpty)
  }

  @Test(
    "A short page is not the end; one with as many rows as the server counts is, and an empty one")
  func end() throws {
    var walk = walk()
    #expect(try walk.receive(rows([4]), asked: 3, total: 3) == .ask(after: 4))
    #expect(try walk.receive(rows([5, 6]), asked: 3, total: 2) == .end)
    var empty = self.walk()
    #expect(try empty.receive([], asked: 3, total: 0) == .end)
  }

  @Test("Where a count is to be confirmed, only an empty page is the end")
  func untilEmpty() throws {
    var walk = walk(until: .empty)
    #expect(try walk.receive(rows([4]), asked: 3, total: 1) == .ask(after: 4))
    #expect(try walk.receive([], asked: 3, total: 0) == .end)
  }

  @Test("Without a total, an empty page is the end, and it is remembered that nothing was counted")
  func withoutTotal() throws {
    var walk = walk()
    #expect(try walk.receive(rows([4]), asked: 3, total: nil) == .ask(after: 4))
    #expect(try walk.receive([], asked: 3, total: nil) == .end)
    #expect(walk.lacksTotals)
  }

  @Test("Counts that contradict the rows are remembered")
  func contradictions() throws {
    var walk = walk()
    #expect(try walk.receive(rows([4, 5]), asked: 3, total: 1) == .ask(after: 5))
    #expect(try walk.receive([], asked: 3, total: 1) == .end)
    #expect(
      walk.contradictions == [
        .init(after: 0, announced: 1, received: 2), .init(after: 5, announced: 1, received: 0),
      ])
  }

  @Test(
    "A page that could hide a row stops the walk",
    arguments: [
      ([5, 6, 7, 8], .tooManyRows(asked: 3, received: 4)),
      ([4, 5], .noProgress(after: 4, received: 4)),
      ([3, 5], .noProgress(after: 4, received: 3)),
      ([6, 5], .disorder(first: 6, second: 5)),
      ([5, 5], .disorder(first: 5, second: 5)),
      ([5, 101], .beyondRange(referenceID: 101, through: 100)),
    ] as [([Int64], PageWalk.WalkError)])
  func faults(ids: [Int64], fault: PageWalk.WalkError) throws {
    var walk = walk()
    _ = try walk.receive(rows([4]), asked: 3, total: 9)
    #expect(throws: fault) { _ = try walk.receive(rows(ids), asked: 3, total: 8) }
  }

  @Test("Rows may lie 52 hours outside the window, and no further: the server filters after all")
  func nearness() throws {
    let hour: Int64 = 3_600_000
    let near = Self.from.advanced(byMilliseconds: -52 * hour)
    var walk = walk()
    _ = try walk.receive(rows([1], start: near), asked: 3, total: 3)
    let far = near.advanced(byMilliseconds: -1)
    #expect(throws: PageWalk.WalkError.outsideWindow(referenceID: 2, start: far)) {
      _ = try walk.receive(rows([2], start: far), asked: 3, total: 2)
    }
    _ = try walk.receive(rows([3], start: nil), asked: 3, total: 1)
  }

  @Test(
    "No row of any server that keeps its promises is missed", arguments: 0..<40 as Range<UInt64>)
  func everyRow(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var id: Int64 = 0
    let all = (0..<Int.random(in: 0...30, using: &generator)).map { _ -> Int64 in
      id += Int64.random(in: 1...3, using: &generator)
      return id
    }
    let limit = Int.random(in: 1...9, using: &generator)
    let clamp = Int.random(in: 1...limit, using: &generator)
    var walk = walk()
    var step = walk.start
    var seen: [Int64] = []
    while case .ask(let last) = step {
      let left = all.filter { $0 > last }
      let page = Array(left.prefix(clamp))
      seen += page
      step = try walk.receive(rows(page), asked: limit, total: left.count)
    }
    #expect(seen == all)
    #expect(walk.contradictions.isEmpty)
  }
}
