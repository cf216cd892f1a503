import AuditModel
import Testing

@testable import AuditReduce

@Suite("outcomes")
struct OutcomesTests {
  private static let hour = Sample.hour

  private func shares(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("outcomes", samples).rows(
      "byWorkflowType", "within", "complete", "rejected", "failed")
  }

  @Test("Without censoring an incidence is a share, at five times")
  func shares() throws {
    let samples = [
      Sample(1) { $0.lasts(Self.hour) },
      Sample(2) {
        $0.status = .failed
        $0.lasts(2 * Self.hour)
      },
      Sample(3) {
        $0.status = .rejected
        $0.lasts(30 * Self.hour)
      },
      Sample(4) { $0.lasts(200 * Self.hour) },
    ]
    let rows = try shares(samples)
    #expect(rows.map { $0[0] } == [1, 4, 24, 72, 168].map { .duration(Double($0 * Self.hour)) })
    #expect(rows.map { $0[1] } == Array(repeating: .ratio(0.25), count: 5))
    #expect(rows.map { $0[2] } == [.ratio(0), .ratio(0), .ratio(0), .ratio(0.25), .ratio(0.25)])
    #expect(
      rows.map { $0[3] } == [.ratio(0), .ratio(0.25), .ratio(0.25), .ratio(0.25), .ratio(0.25)])
  }

  @Test("Beyond the largest observed time there is nothing to say")
  func beyond() throws {
    let rows = try shares([Sample(1) { $0.lasts(2 * Self.hour) }])
    #expect(rows.map { $0[1] } == [.ratio(0)] + Array(repeating: .missing(.none), count: 4))
  }

  @Test("A censored instance leaves the risk, after events of the same time")
  func censored() throws {
    // At 1 h one of four ends Complete, another is superseded and a third is as old as it gets; at 2 h the last fails.
    let samples = [
      Sample(1) { $0.lasts(Self.hour) },
      Sample(2) {
        $0.status = .canceledForRestart
        $0.lasts(Self.hour)
      },
      Sample(3) {
        $0.status = .failed
        $0.lasts(2 * Self.hour)
      },
      Sample(4) {
        $0.status = .running
        $0.start = Sample.origin + 30 * Sample.day - Self.hour
        $0.lasts(1)
      },
    ]
    let rows = try shares(samples)
    #expect(rows[0][1] == .ratio(0.25))
    // Four hours lie beyond everything that was observed.
    #expect(
      rows[1] == [
        .duration(Double(4 * Self.hour)), .missing(.none), .missing(.none), .missing(.none),
      ])
    let longer = try shares(samples + [Sample(5) { $0.lasts(9 * Self.hour) }])
    // At 2 h two of five are at risk, of whom one fails: 4/5 · 1/2.
    #expect(longer[1][3] == .ratio(0.4))
  }

  @Test("Types are apart, and unusable times and unknown statuses are nowhere")
  func types() throws {
    let samples = [
      Sample(1), Sample(2) { $0.workflowType = "Revocation" },
      Sample(3) { $0.lasts(-5) }, Sample(4) { $0.status = .unknown },
    ]
    let rows = try SectionReader("outcomes", samples).rows(
      "byWorkflowType", "workflowType", "instances")
    #expect(rows.count == 10)
    #expect(rows[0] == [.text("Enrollment"), .count(1)])
    #expect(rows[5] == [.text("Revocation"), .count(1)])
  }

  @Test("An empty population has no rows and no sentence")
  func empty() throws {
    let reader = try SectionReader("outcomes", [])
    #expect(try reader.rows("byWorkflowType").isEmpty)
    #expect(reader.text.isEmpty)
  }

  @Test("Of many small workflow types the first are put in words, and the table has them all")
  func manyTypes() throws {
    let samples = (0..<40).map { number in
      Sample(Int64(number + 1)) {
        $0.workflowType = "Type \(number + 10)"
        $0.lasts(Self.hour)
      }
    }
    let reader = try SectionReader("outcomes", samples)
    #expect(reader.section.charts.isEmpty)
    #expect(reader.section.sentences.count == 13)
    #expect(reader.text.hasSuffix(" 28 more workflow types are in tables/outcomes.csv."))
    #expect(reader.section.tables.map(\.count) == [200])
    let fewer = try SectionReader("outcomes", Array(samples.prefix(13)))
    #expect(fewer.text.hasSuffix(" 1 more workflow type is in tables/outcomes.csv."))
    #expect(try SectionReader("outcomes", Array(samples.prefix(12))).section.sentences.count == 12)
  }

  @Test("A definition under many workflow types is found as fast as many definitions are")
  func typesOfOneDefinition() {
    let id = Name("33163538-9170-4a01-6ab9-8e3d8d4383c3")
    let hashes = Set(
      (0..<1000).map { TypedDefinition(workflowType: Name("Type \($0)"), id: id).hashValue })
    #expect(hashes.count == 1000)
  }
}
