import AuditModel
import Testing

@testable import AuditReduce

@Suite("population")
struct PopulationMetricTests {
  @Test("Without instances every status is zero and there is no row")
  func empty() {
    let population = Reduction().metrics([]).population
    #expect(population.instances == 0)
    #expect(population.byStatus.total == 0)
    #expect(population.byWorkflowType.isEmpty)
    #expect(population.byDefinition.isEmpty)
  }

  @Test("Every status is counted, unknown ones in their own row")
  func byStatus() {
    let samples = Status.allCases.enumerated().map { index, status in
      Sample(Int64(index)) { $0.status = status }
    }
    let population = Reduction().metrics(samples).population
    for status in Status.allCases { #expect(population.byStatus[status] == 1) }
    #expect(population.instances == population.byStatus.total)
  }

  @Test("Rows come with most instances first, then by name, a missing name last")
  func order() {
    let types = ["b", nil, "a", "c", "c", "\u{E9}", "e\u{301}"]
    let samples = types.enumerated().map { index, type in
      Sample(Int64(index)) { $0.workflowType = type }
    }
    let population = Reduction().metrics(samples).population
    // U+00E9 and e + U+0301 are equal as Swift strings, but not by code points.
    #expect(
      population.byWorkflowType.map { $0.workflowType.map { Array($0.utf8) } } == [
        Array("c".utf8), Array("a".utf8), Array("b".utf8), Array("e\u{301}".utf8),
        Array("\u{E9}".utf8), nil,
      ])
    #expect(population.byWorkflowType.map(\.instances) == [2, 1, 1, 1, 1, 1])
  }

  @Test("Versions of a definition have a row each, all under its newest name")
  func versions() {
    let samples = [
      Sample(3) {
        $0.version = 2
        $0.definitionName = "New name"
      },
      Sample(1) {
        $0.version = 1
        $0.definitionName = "Old name"
      },
      Sample(2) { $0.version = nil },
      Sample(4) {
        $0.version = 2
        $0.definitionName = nil
      },
    ]
    let rows = Reduction().metrics(samples).population.byDefinition
    #expect(rows.map(\.definitionVersion) == [2, 1, nil])
    #expect(rows.map(\.instances) == [2, 1, 1])
    #expect(rows.allSatisfy { $0.definitionName == "New name" })
  }

  @Test("Definitions of the same size come by name before id")
  func definitionsByName() {
    let samples = [("d1", "Zeta"), ("d2", "Alpha"), ("d3", "Alpha")].enumerated().map {
      index, definition in
      Sample(Int64(index)) { ($0.definitionID, $0.definitionName) = definition }
    }
    let rows = Reduction().metrics(samples).population.byDefinition
    #expect(rows.map(\.definitionId) == ["d2", "d3", "d1"])
  }
}
