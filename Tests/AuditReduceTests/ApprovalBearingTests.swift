import AuditModel
import TestSupport
import Testing

@testable import AuditReduce

@Suite("Which definitions ask for approval")
struct ApprovalBearingTests {
  @Test(
    "The design of a version that was read decides, of another its instances; by hand for random cohorts"
  )
  func bruteForce() {
    var random = SeededGenerator(seed: 19)
    for _ in 0..<300 {
      let versions = (0..<12).map { number in
        VersionedDefinition(id: Name("d\(number / 3)"), version: Int64(number % 3 + 1))
      }
      let used = versions.filter { _ in Bool.random(using: &random) }
      let shown = Set(used.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
      let steps: [[DefinitionDesign.Step]?] = [
        nil, [], [.approval()], [.approval(conditional: true)], [.approval(enabled: false)],
      ]
      var answers: [VersionedDefinition: Int] = [:]
      for version in used where Bool.random(using: &random) {
        answers[version] = Int.random(in: steps.indices, using: &random)
      }
      let design = ControlDesign(
        records: answers.map {
          .sample($0.key.id?.string ?? "", $0.key.version ?? 0, steps[$0.value])
        })
      let isRead = Bool.random(using: &random)
      let configured: Set<Name> = Bool.random(using: &random) ? [Name("d3")] : []
      var expected = configured
      for version in used {
        let answer = isRead ? answers[version] ?? 0 : 0
        let asks = answer == 0 ? shown.contains(version) : answer == 2 || answer == 3
        if asks, let id = version.id { expected.insert(id) }
      }
      let bearing = ApprovalBearing(
        configured: configured, used: used, shown: shown, design: isRead ? design : nil)
      #expect(bearing.definitions == expected)
      #expect(bearing.contains(Name("d3")) == expected.contains(Name("d3")))
      #expect(!bearing.contains(nil))
    }
  }

  @Test("Metrics 4 and 15 take it from the design")
  func metrics() throws {
    var reduction = Reduction()
    reduction.design = ControlDesign(
      records: [
        .sample("d1", 1, [.approval(conditional: true)]), .sample("d2", 1, [.other("Email")]),
      ])
    let samples = [
      Sample(1),
      Sample(2) {
        $0.definitionID = "d2"
        $0.stepUniqueName = "RequireApproval1"
      },
      Sample(3) {
        $0.definitionID = "d3"
        $0.stepUniqueName = "RequireApproval1"
      },
    ]
    let metrics = reduction.metrics(samples)
    #expect(metrics.approvalLatency?.definitions == ["d1", "d3"])
    let indicators = try #require(metrics.sections.first { $0.key == "indicators" })
    let hasty = indicators.figures.first { $0.field.name == "hasty_approvals" }?.value
    #expect(hasty == .count(2))
  }
}
