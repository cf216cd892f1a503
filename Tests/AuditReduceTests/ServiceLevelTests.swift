import AuditModel
import Testing

@testable import AuditReduce

@Suite("sla")
struct ServiceLevelTests {
  private func revocation(_ id: Int64, _ status: Status, hours: Int64) -> Sample {
    Sample(id) {
      $0.workflowType = "Revocation"
      $0.status = status
      if status.isOpen { $0.start = Sample.origin + 30 * Sample.day - hours * Sample.hour }
      $0.lasts(status.isOpen ? 0 : hours * Sample.hour)
    }
  }

  private func rows(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("sla", samples).rows(
      "byWorkflowType", "limit", "instances", "breached", "met", "undetermined", "rate", "least",
      "most")
  }

  @Test("Ended on the limit is met, open on the limit is undetermined, beyond it both break it")
  func limit() throws {
    let samples = [
      revocation(1, .complete, hours: 24), revocation(2, .failed, hours: 25),
      revocation(3, .running, hours: 24), revocation(4, .suspended, hours: 25),
      revocation(5, .canceledForRestart, hours: 90), revocation(6, .unknown, hours: 90),
    ]
    let rows = try rows(samples)
    #expect(
      rows[0] == [
        .duration(86_400_000), .count(4), .count(2), .count(1), .count(1),
        .rate(WilsonInterval.rate(2, of: 3)), .ratio(0.5), .ratio(0.75),
      ])
    #expect(
      Array(rows[1].prefix(5)) == [
        .duration(432_000_000), .count(4), .count(0), .count(2), .count(2),
      ])
  }

  @Test("A type without instances has a row without a rate")
  func none() throws {
    let rows = try rows([Sample(1)])
    #expect(rows.count == 2)
    #expect(rows[0][1] == .count(0))
    #expect(rows[0][6] == .missing(.none) && rows[0][7] == .missing(.none))
  }

  @Test(
    "Other types have limits only when somebody configures them, and an empty list takes them away")
  func configured() throws {
    var reduction = Reduction.withEverything
    reduction.settings.serviceLevels = [Name("Enrollment"): [1000], Name("Revocation"): []]
    let reader = try SectionReader("sla", [Sample(1)], reduction)
    #expect(
      try reader.rows("byWorkflowType", "workflowType", "met") == [
        [.text("Enrollment"), .count(1)]
      ])
    #expect(
      reader.text == "The only finished request of type Enrollment met the limit of 1.0\u{A0}s.")
  }

  @Test("The sentence tells what undetermined ones can still do")
  func sentence() throws {
    let samples = [revocation(1, .complete, hours: 1), revocation(2, .running, hours: 1)]
    let text = try SectionReader("sla", samples).text
    #expect(text.contains("1 more request is open and still within it"))
    #expect(text.contains("between 0.0% and 50.0%"))
  }
}
