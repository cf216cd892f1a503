import AuditModel
import Testing

@testable import AuditReduce

@Suite("changes")
struct ChangesTests {
  /// What a test's records contain, and what they contained.
  private static let (same, other) = (Fingerprint(of: [0]), Fingerprint(of: [1]))

  private func reader(
    _ samples: [Sample], _ rows: [(Int64, Status, Fingerprint)], titles: Set<Name> = [],
    classes: Set<Name> = []
  ) throws -> SectionReader {
    var reduction = Reduction.withEverything
    reduction.earlier = .october(
      rows: rows.map { .init(referenceID: $0.0, status: $0.1, content: $0.2) }, titles: titles,
      classes: classes)
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
    #expect(
      reader.text.contains("1 instance is gone, 1 instance that had finished is different now"))
  }

  @Test("A wording that the earlier pack held is not new; of new ones the first twenty are listed")
  func wordings() throws {
    let samples = (1...30).map { id in
      Sample(Int64(id)) {
        $0.titleRule = .unrecognised
        $0.title = id == 1 ? "known" : "new \(id)"
      }
    }
    let reader = try reader(samples.reversed(), [], titles: [Name("known")])
    #expect(try reader.figure("newWordings") == .count(29))
    let wordings = try reader.rows("list", "change", "title").filter {
      $0[0] == .term("newWording", label: "New wording")
    }
    #expect(wordings.map { $0[1] } == (2...21).map { .text("new \($0)") })
  }

  @Test("What started in the earlier pack's window and is not in it has appeared")
  func appeared() throws {
    let outside = Int64(31) * Sample.day
    let reader = try reader(
      [Sample(1), Sample(2), Sample(3) { $0.start = Sample.origin + outside }],
      [(1, .complete, Self.same)])
    #expect(
      try reader.rows("list", "change", "referenceId") == [
        [.term("appeared", label: "Appeared"), .identifier(2)]
      ])
    #expect(try reader.figure("appeared") == .count(1))
  }

  @Test("Every status that moved is counted by where from and where to")
  func moves() throws {
    let reader = try reader(
      [
        Sample(1), Sample(2), Sample(3) { $0.status = .suspended },
        Sample(4) { $0.status = .suspended },
      ],
      [
        (1, .running, Self.same), (2, .running, Self.same), (3, .running, Self.same),
        (4, .suspended, Self.same),
      ])
    #expect(
      try reader.rows("moves", "before", "now", "instances") == [
        [
          .term("Running", label: "Running"), .term("Complete", label: "Complete"), .count(2),
        ],
        [
          .term("Running", label: "Running"), .term("Suspended", label: "Suspended"), .count(1),
        ],
      ])
    #expect(try reader.figure("moved") == .count(3))
  }

  @Test("A failure class that the earlier pack did not hold is new, and its first record is named")
  func failureClasses() throws {
    let samples = [(5, FailureClass.enrollStep), (3, .enrollStep), (4, .accessDenied)].map {
      id, kind in
      Sample(Int64(id)) {
        $0.status = .failed
        $0.failureClass = kind
      }
    }
    let reader = try reader(samples, [], classes: [Name("accessDenied")])
    #expect(try reader.figure("newFailureClasses") == .count(1))
    #expect(
      try reader.rows("list", "change", "referenceId", "title").filter {
        $0[0] == .term("newFailureClass", label: "New failure class")
      } == [
        [
          .term("newFailureClass", label: "New failure class"), .identifier(3), .text("enrollStep"),
        ]
      ])
  }

  @Test("Without an earlier pack the metric is left out")
  func alone() {
    var reduction = Reduction()
    reduction.metrics = [MetricKey("changes")]
    #expect(reduction.metrics([Sample(1)]).sections.isEmpty)
  }
}
