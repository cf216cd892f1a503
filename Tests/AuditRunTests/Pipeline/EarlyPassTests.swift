import AuditEvidence
import AuditModel
import AuditPlan
import Synchronization
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditReport
@testable import AuditRun

@Suite("A reduction that is made before all is known")
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
    var isOfOtherPages = false
    var isOfOtherOlderPages = false
    var refused: String?
    var isTakenOver = false
  }

  static let cases: [Case] = [
    Case(testDescription: "the same", isTakenOver: true),
    Case(testDescription: "a later instant", minutes: 30),
    Case(testDescription: "an earlier instant", minutes: -30),
    Case(testDescription: "other pages", isOfOtherPages: true),
    Case(testDescription: "other pages from before the window", isOfOtherOlderPages: true),
    Case(testDescription: "none from before the window", refused: "refused"),
  ]

  @Test("It is taken over exactly when it would be the same", arguments: cases)
  func takenOver(example: Case) async throws {
    var job = try MainJob()
    job.ask(server: "https://kf.example")
    job.options.format = "csv,json,ndjson"
    let early = Instant(milliseconds: QuirkJob.now)
    let asOf = AsOf.server(early.advanced(byMilliseconds: example.minutes * 60_000))
    var rows = QuirkJob.rows(40)
    let first = CountedPages(rows)
    let open = CountedPages([ModelRow(1, start: QuirkJob.now - 100 * 86_400_000)])
    let closed = CountedPages([], names: ["first", "none"])
    rows[9].status = "Failed"
    let pages = example.isOfOtherPages ? CountedPages(rows, names: ["first", "later"]) : first
    let older = (example.isOfOtherOlderPages ? closed : open, example.refused)

    let plain = try reduction(of: job)
    let expected = try await plain.reduce(pages, older: older, asOf: asOf)
    let reduction = try reduction(of: job)
    let begun = try #require(
      try await reduction.begin(first, older: (open, nil), asOf: .server(early)))
    let before = pages.timesRead
    let outcome = try await reduction.reduce(pages, older: older, asOf: asOf, early: begun)
    #expect((pages.timesRead == before) == example.isTakenOver)
    #expect(reduction.files.files == plain.files.files)
    let (found, wanted) = (outcome.metrics, expected.metrics)
    #expect(try JSONFile.bytes(found.population) == JSONFile.bytes(wanted.population))
    #expect(try JSONFile.bytes(found.normalisation) == JSONFile.bytes(wanted.normalisation))
    #expect(outcome.asOf == asOf)
    #expect(outcome.openBefore == expected.openBefore)
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
    let begun = try await reduction.begin(pages, older: (nil, nil), asOf: nil)
    #expect(begun == nil)
    #expect(reduction.files.files.isEmpty)
    await #expect(throws: ReductionError.self) {
      try await reduction.reduce(pages, older: (nil, nil), asOf: nil)
    }
  }

  private func reduction(of job: MainJob) throws -> Reduction {
    Reduction(plan: try job.plan(), files: DigestedFiles(), now: job.now, workers: 2)
  }
}
