import AuditEvidence
import AuditModel
import AuditPlan
import Synchronization
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditReport
@testable import AuditRun

@Suite("A pass that is made before all is known")
struct EarlyPassTests {
  /// Pages in memory, which count how often they are read.
  private final class CountedPages: StoredPages {
    private let pages: [(name: String, body: [UInt8])]
    private let reads = Mutex(0)

    init(_ rows: [ModelRow], names: [String] = ["first", "second"]) {
      let half = (rows.count + 1) / 2
      pages = zip(names, [rows.prefix(half), rows.dropFirst(half)]).map { name, rows in
        let lines = rows.map { $0.json(statusAsInteger: false) }
        return (name, Array("[\(lines.joined(separator: ","))]".utf8))
      }
    }

    var count: Int { pages.count }
    var timesRead: Int { reads.withLock { $0 } }

    func name(at index: Int) -> String { pages[index].name }

    func body(at index: Int) -> [UInt8] {
      reads.withLock { $0 += 1 }
      return pages[index].body
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What the instant moves by, in minutes.
    var minutes: Int64 = 0
    /// When a row was last modified, in minutes after the early instant.
    var modified: Int64 = -1
    var isOfOtherPages = false
    var isTakenOver: Bool
  }

  static let cases: [Case] = [
    Case(testDescription: "the same instant", isTakenOver: true),
    Case(testDescription: "the same instant, a date beyond", modified: 60, isTakenOver: true),
    Case(testDescription: "a later instant", minutes: 30, isTakenOver: true),
    Case(testDescription: "a date up to the instant", minutes: 30, modified: 0, isTakenOver: true),
    Case(
      testDescription: "a date just beyond, which is believed", minutes: 30, modified: 1,
      isTakenOver: false),
    Case(
      testDescription: "a date that lies in the future no more", minutes: 30, modified: 20,
      isTakenOver: false),
    Case(testDescription: "an earlier instant", minutes: -30, isTakenOver: false),
    Case(testDescription: "other pages", isOfOtherPages: true, isTakenOver: false),
  ]

  @Test("It is taken over exactly when it would be the same", arguments: cases)
  func takenOver(example: Case) async throws {
    var job = try MainJob()
    job.ask(server: "https://kf.example")
    job.options.format = "csv,json,ndjson"
    let early = Instant(milliseconds: QuirkJob.now)
    let asOf = AsOf.server(early.advanced(byMilliseconds: example.minutes * 60_000))
    var rows = QuirkJob.rows(40)
    rows[7].lastModified = QuirkJob.now + example.modified * 60_000
    let first = CountedPages(rows)
    rows[9].status = "Failed"
    let pages = example.isOfOtherPages ? CountedPages(rows, names: ["first", "later"]) : first

    let plain = try reduction(of: job)
    let expected = try await plain.reduce(pages, older: (nil, nil), asOf: asOf)
    let before = pages.timesRead
    let reduction = try reduction(of: job)
    let begun = try #require(try await reduction.begin(first, asOf: early))
    let outcome = try await reduction.reduce(pages, older: (nil, nil), asOf: asOf, early: begun)
    let passes = (pages.timesRead - before) / 2
    #expect(passes == (example.isTakenOver || example.isOfOtherPages ? 1 : 2))
    #expect(reduction.files.files == plain.files.files)
    #expect(
      try JSONFile.bytes(outcome.metrics.population) == JSONFile.bytes(expected.metrics.population))
    #expect(
      try JSONFile.bytes(outcome.metrics.normalisation)
        == JSONFile.bytes(expected.metrics.normalisation))
    #expect(outcome.result.tree.root == expected.result.tree.root)
  }

  @Test("One that fails leaves no files, and fails again when all is known")
  func failing() async throws {
    var job = try MainJob()
    job.ask(server: "https://kf.example")
    job.options.format = "csv,json,ndjson"
    var rows = QuirkJob.rows(40)
    rows[30].id = rows[3].id
    let pages = CountedPages(rows)
    let reduction = try reduction(of: job)
    #expect(try await reduction.begin(pages, asOf: nil) == nil)
    #expect(reduction.files.files.isEmpty)
    await #expect(throws: PopulationError.self) {
      try await reduction.reduce(pages, older: (nil, nil), asOf: nil)
    }
  }

  private func reduction(of job: MainJob) throws -> Reduction {
    Reduction(plan: try job.plan(), files: DigestedFiles(), now: job.now, workers: 2)
  }
}
