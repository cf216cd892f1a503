import AuditModel
import TestSupport
import Testing

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
  func model(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var seen = SeenRows()
    var model: [Int64: Set<UInt64>] = [:]
    let range = seed.isMultiple(of: 2) ? 1...300 : 1...(Int64.max - 1)
    var known: [Int64] = []
    for _ in 0..<6 {
      let ids = Set((0..<40).map { _ in Int64.random(in: range, using: &random) })
      let rows = ids.filter { model[$0] == nil }.map { row($0) }
      known += rows.map(\.referenceID)
      for row in rows { model[row.referenceID, default: []].insert(row.id.low) }
      seen.add(rows.shuffled(using: &random))
    }
    for id in known + (0..<40).map({ _ in Int64.random(in: range, using: &random) }) {
      let near = seen.near(id...id)
      #expect(near.sight(of: row(id)) == (model[id] == nil ? .new : .again))
      #expect(near.sight(of: row(id, half: 7 ^ UInt64(id))) == (model[id] == nil ? .new : .other))
    }
    let ids = model.keys.sorted()
    let gaps = zip(ids, ids.dropFirst()).filter { $1 > $0 + 1 }
    #expect(seen.gaps.count == gaps.count)
    #expect(seen.gaps.listed.map(\.first) == gaps.prefix(Population.listedGaps).map { $0.0 + 1 })
    #expect(seen.count == model.count)
  }
}
