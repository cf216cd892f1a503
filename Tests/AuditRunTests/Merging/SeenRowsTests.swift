import AuditModel
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Rows that were seen")
struct SeenRowsTests {
  private func row(_ referenceID: Int64, half: UInt64? = nil) -> Population.Identity {
    var instance = Instance(
      referenceID: referenceID, id: InstanceID(high: 1, low: half ?? UInt64(referenceID)),
      status: .complete)
    instance.quality = []
    return Population.Identity(instance)
  }

  @Test("It says what a set of pairs would say", arguments: [1, 2, 3, 4] as [UInt64])
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var seen = try SeenRows(in: folder.path)
    var model: [Int64: Set<UInt64>] = [:]
    let range = seed.isMultiple(of: 2) ? 1...9_000 : 1...Int64.max
    var known: [Int64] = []
    for _ in 0..<6 {
      let ids = Set((0..<1_300).map { _ in Int64.random(in: range, using: &random) })
      let rows = ids.filter { model[$0] == nil }.map { row($0) }
      known += rows.map(\.referenceID)
      for row in rows { model[row.referenceID, default: []].insert(row.id.low) }
      try seen.add(rows.shuffled(using: &random))
    }
    let asked = known + (0..<40).map { _ in Int64.random(in: range, using: &random) }
    let occurrences = try seen.lookup(asked.map { row($0) })
    let others = try seen.lookup(asked.map { row($0, half: 7 ^ UInt64($0)) })
    for (place, id) in asked.enumerated() {
      #expect(occurrences[place] == (model[id] == nil ? .new : .duplicate))
      #expect(others[place] == (model[id] == nil ? .new : .conflict))
    }
    let ids = model.keys.sorted()
    let gaps = zip(ids, ids.dropFirst()).filter { $1 > $0 + 1 }
    let found = try seen.gaps()
    #expect(found.count == gaps.count)
    #expect(found.listed.map(\.first) == gaps.prefix(100).map { $0.0 + 1 })
    #expect(seen.count == model.count)
  }

  @Test(
    "Of packs that reach into each other, an instance under the same reference id is seen in any of them"
  )
  func severalVersions() throws {
    let folder = try TemporaryFolder()
    var seen = try SeenRows(in: folder.path)
    try seen.add([row(1), row(5, half: 50), row(9)])
    try seen.add([row(2), row(5, half: 51), row(8)])
    let asked = [row(5, half: 51), row(5, half: 50), row(5, half: 52), row(3), row(10)]
    #expect(try seen.lookup(asked) == [.duplicate, .duplicate, .conflict, .new, .new])
    #expect(try seen.gaps().listed.map(\.first) == [3, 6])
  }

  @Test("Without rows nothing is seen and nothing is missing")
  func empty() throws {
    let folder = try TemporaryFolder()
    let seen = try SeenRows(in: folder.path)
    #expect(try seen.lookup([row(1)]) == [.new])
    #expect(try seen.gaps().count == 0)
  }
}
