import AuditModel
import Testing

@testable import AuditReduce

@Suite("approvalLatency")
struct ApprovalLatencyTests {
  private func latency(_ samples: [Sample], naming named: Set<Name> = []) throws
    -> ApprovalLatencyDocument
  {
    var reduction = Reduction()
    reduction.settings.approvalDefinitions = named
    return try #require(reduction.metrics(samples).approvalLatency)
  }

  private static let signs: [@Sendable (inout Sample) -> Void] = [
    {
      $0.status = .suspended
      $0.message = "Awaiting 2 more approval(s) from approval roles."
    },
    {
      $0.status = .rejected
      $0.message = "Workflow rejected by user with Id 7."
    },
    { $0.stepUniqueName = "RequireApproval2" },
  ]

  @Test("A definition bears approval when one of its instances shows it", arguments: 0..<3)
  func shown(sign: Int) throws {
    let samples = [Sample(1), Sample(2, Self.signs[sign]), Sample(3) { $0.definitionID = "d2" }]
    let latency = try latency(samples)
    #expect(latency.definitions == ["d1"])
    #expect(latency.byWorkflowType.count == 1)
    let figures = try #require(latency.byWorkflowType.first).figures
    #expect(figures.terminal + figures.open == 2)
  }

  @Test("A definition that the configuration names bears approval")
  func configured() throws {
    let latency = try latency([Sample(1), Sample(2)], naming: [Name("d1"), Name("absent")])
    #expect(latency.definitions == ["absent", "d1"])
    #expect(latency.byWorkflowType.map(\.figures.terminal) == [2])
  }

  @Test("Without such a definition there are no figures, but the caption stays")
  func none() throws {
    let latency = try latency([Sample(1)])
    #expect(latency.definitions.isEmpty)
    #expect(latency.byWorkflowType.isEmpty)
    #expect(latency.caption.contains("upper bound"))
  }

  @Test("An instance without a definition's id is in no approval-bearing definition")
  func withoutDefinition() throws {
    let latency = try latency([
      Sample(1) {
        $0.definitionID = nil
        $0.stepUniqueName = "RequireApproval"
      }
    ])
    #expect(latency.definitions.isEmpty)
    #expect(latency.byWorkflowType.isEmpty)
  }
}
