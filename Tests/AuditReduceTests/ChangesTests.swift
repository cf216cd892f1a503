import AuditModel
import Testing

@testable import AuditReduce

@Suite("changes")
struct ChangesTests {
  /// What a test's records contain, and what they contained.
  private static let (same, other) = (Fingerprint(of: [0]), Fingerprint(of: [1]))

  private func reader(
    _ samples: [Sample], _ rows: [(Int64, Status, Fingerprint)], titles: Set<String> = []
  ) throws -> SectionReader {
    var reduction = Reduction.withEverything
    reduction.earlier = EarlierPack(
      name: "earlier",
      rows: rows.map { .init(referenceID: $0.0, status: $0.1, content: $0.2) }, versions: [],
      unrecognisedTitles: titles)
    return try SectionReader("changes", samples, reduction)
  }

  @Test("What is gone, altered and finished since is told apart")
  func kinds() throws {
    let reader = try reader(
      [Sample(2), Sample(3), Sample(4), Sample(6) { $0.status = .running }],
      [
        (1, .complete, Self.same), (2, .complete, Self.same), (3, .complete, Self.other),
        (4, .running, Self.other), (6, .suspended, Self.other),
      ])
    #expect(
      try reader.rows("list", "change", "referenceId", "before", "now") == [
        [
          .term("gone", label: "Gone"), .identifier(1), .term("Complete", label: "Complete"),
          .missing(.none),
        ],
        [
          .term("altered", label: "Altered"), .identifier(3), .term("Complete", label: "Complete"),
          .term("Complete", label: "Complete"),
        ],
        [
          .term("finishedLate", label: "Finished late"), .identifier(4),
          .term("Running", label: "Running"), .term("Complete", label: "Complete"),
        ],
      ])
    #expect(try reader.figure("compared") == .count(5))
    #expect(reader.text.contains("1 are gone, 1 that had ended read differently"))
  }

  @Test("A wording that the earlier pack held is not new; of new ones the first twenty are listed")
  func wordings() throws {
    let samples = (1...30).map { id in
      Sample(Int64(id)) {
        $0.titleRule = .unrecognised
        $0.title = id == 1 ? "known" : "new \(id)"
      }
    }
    let reader = try reader(samples.reversed(), [], titles: ["known"])
    #expect(try reader.figure("newWordings") == .count(29))
    let titles = try reader.rows("list", "title")
    #expect(titles == (2...21).map { [.text("new \($0)")] })
  }

  @Test("Without an earlier pack the metric is left out")
  func alone() {
    var reduction = Reduction()
    reduction.metrics = [MetricKey("changes")]
    #expect(reduction.metrics([Sample(1)]).further.isEmpty)
  }
}
