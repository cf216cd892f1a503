import AuditModel
import TestSupport
import Testing

@testable import AuditReport
@testable import AuditRun

@Suite("The ids of a read")
struct ReadIDTests {
  /// GUIDs that come at random, that follow each other, and that differ in their first bytes only.
  private static let guises: [@Sendable (Int, inout SeededGenerator) -> InstanceID] = [
    { _, generator in InstanceID(high: generator.next(), low: generator.next()) },
    { number, _ in InstanceID(high: 7, low: UInt64(number)) },
    { number, _ in InstanceID(high: UInt64(number) << 40, low: 7) },
  ]

  /// A population with gaps of one, and its reference ids.
  private static func population(_ ids: [InstanceID]) -> (Population, [Int64]) {
    var population = Population()
    let referenceIDs = ids.indices.map { Int64($0 + $0 / 3 + 1) }
    let isRising = population.add(zip(referenceIDs, ids).map(Population.Identity.init))
    #expect(isRising)
    return (population, referenceIDs)
  }

  private static func distinct(
    _ guise: Int, _ count: Int, _ generator: inout SeededGenerator
  ) -> [InstanceID] {
    (0..<count).map { guises[guise]($0, &generator) }.shuffled(using: &generator)
  }

  @Test(
    "GUIDs that are all different are one to one with the reference ids", arguments: 0..<3,
    [0, 1, 2, 1000, 30_000])
  func distinct(guise: Int, count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    var (population, _) = Self.population(Self.distinct(guise, count, &generator))
    #expect(throws: Never.self) { try population.checkUniqueIDs() }
  }

  @Test("A GUID under two reference ids is found wherever they stand", arguments: 0..<3, 1...40)
  func repeated(guise: Int, seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 2...3000, using: &generator)
    var ids = Self.distinct(guise, count, &generator)
    let places = ids.indices.shuffled(using: &generator).prefix(2).sorted()
    ids[places[1]] = ids[places[0]]
    var (population, referenceIDs) = Self.population(ids)
    let error = #expect(throws: ReductionError.self) { try population.checkUniqueIDs() }
    guard case .sharedID(let id, let first, let second) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(id == ids[places[0]])
    #expect([first, second] == places.map { referenceIDs[$0] })
  }
}
