import AuditEvidence
import AuditModel
import CommandSandbox
import Foundation
import SafeGzip
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("The main job over saved pages")
struct SavedPagesTests {
  /// A row of a page; later versions have a later last modification.
  private func row(_ referenceID: Int, version: Int = 0, id: Int? = nil) -> String {
    let guid = "9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + (id ?? referenceID))"
    let day = 1 + referenceID % 28
    let date = "2026-10-\(day < 10 ? "0" : "")\(day)T0\(version):00:0\(referenceID % 10)Z"
    return
      #"{"Id":"\#(guid)","Status":"\#(version == 0 ? "Running" : "Complete")","StartDate":"\#(date.replacing("T0\(version)", with: "T00"))","#
      + #""LastModified":"\#(date)","Title":"EX\\u\#(referenceID % 7) is revoking certificate with CN=h\#(referenceID).","#
      + #""Definition":{"Id":"d","WorkflowType":"Revocation"},"ReferenceId":\#(referenceID)}"#
  }

  private func job(
    _ pages: [String: [String]], options change: (inout AuditOptions) -> Void = { _ in }
  ) throws -> MainJob {
    try job(
      Dictionary(uniqueKeysWithValues: pages.map { (Name($0), $1) }), options: change)
  }

  private func job(
    _ pages: [Name: [String]], options change: (inout AuditOptions) -> Void = { _ in }
  ) throws -> MainJob {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    for (name, rows) in pages.map({ ($0.string, $1) }) {
      let page = Array("[\(rows.joined(separator: ","))]".utf8)
      var compressor = try GzipCompressor()
      let bytes = name.hasSuffix(".gz") ? compressor.compress(page) : page
      try Data(bytes).write(to: URL(filePath: job.folder("pages/\(name)")))
    }
    job.options.pages = job.folder("pages")
    change(&job.options)
    return job
  }

  @Test("Pages in any order, split and compressed in any way, give the same rows and figures")
  func anyOrder() async throws {
    let rows = (1...40).map { row($0, version: $0 % 2) }
    let one = try job(["a.json": rows])
    let reversed = try job([
      "a.json": rows[20...].reversed(), "b.json.gz": Array(rows[..<20]), "ignored.txt": ["x"],
    ])
    _ = try await one.run()
    _ = try await reversed.run()
    #expect(try reversed.read("instances.csv") == one.read("instances.csv"))
    #expect(try reversed.read("instances.ndjson") == one.read("instances.ndjson"))
    #expect(try reversed.report("metrics") == one.report("metrics"))
  }

  @Test("report.json names no file that the pack lacks, and the pack verifies")
  func filesNamed() async throws {
    let job = try job(["a.json": (1...20).map { row($0) }]) { $0.format = "json" }
    let pack = try await job.run().pack
    let report = String(decoding: try job.read("report.json"), as: UTF8.self)
    for file in ["instances.csv", "instances.ndjson", "tables/"] { #expect(!report.contains(file)) }
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: false)).pack(pack)
    #expect(answer.exitStatus == .complete, "\(answer.table)")
  }

  @Test("An id may be the greatest integer: the gaps before it are counted, and the pack verifies")
  func greatestID() async throws {
    let greatest = row(12).replacing(
      "\"ReferenceId\":12}", with: "\"ReferenceId\":9223372036854775807}")
    let job = try job(["a.json": (1...11).map { row($0) } + [greatest]])
    let pack = try await job.run().pack
    #expect(try String(decoding: job.report("completeness"), as: UTF8.self).contains("SCOPE"))
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: false)).pack(pack)
    #expect(answer.exitStatus == .complete, "\(answer.table)")
  }

  @Test("What the folder holds besides pages is a notice in the report, and the pack verifies")
  func skipped() async throws {
    let job = try job(["a.json": [row(1)], "p.JSON": [row(2)]])
    try job.folder.makeFolder("pages/old")
    let result = try await job.run()
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains(#""code":"SKIPPED""#))
    #expect(completeness.contains("2 names in the folder of pages were skipped: old, p.JSON. "))
    #expect(result.exitStatus == .unproved)
    let verification = try await PackVerifier(
      pack: result.pack, settings: PackCase.settings(digestsOnly: false)
    ).run()
    #expect(verification.isIntact, "\(verification.table)")
  }

  @Test("The bytes do not depend on how many workers there are", arguments: [1, 2, 5, 64])
  func workers(count: Int) async throws {
    let pages = Dictionary(
      uniqueKeysWithValues: (10..<33).map { page in
        ("\(page).json", (0..<7).map { row(page * 10 + $0, version: $0 % 2) })
      })
    let usual = try job(pages)
    var other = try job(pages)
    other.workers = count
    _ = try await usual.run()
    _ = try await other.run()
    #expect(try other.read("SHA256SUMS") == usual.read("SHA256SUMS"))
  }

  @Test("Overlapping pages count each instance once, in its newest version, and say so")
  func overlap() async throws {
    let job = try job([
      "a.json": [row(1), row(2), row(3, version: 2)],
      "b.json": [row(2), row(3, version: 1), row(4)],
    ])
    _ = try await job.run()
    let lines = try job.read("instances.ndjson").split(separator: 0x0A)
    #expect(lines.count == 4)
    #expect(
      String(decoding: lines[2], as: UTF8.self).contains(
        #""lastModified":"2026-10-04T02:00:03.000Z""#))
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains(#""rows":6"#))
    #expect(completeness.contains(#""distinct":4"#))
    #expect(completeness.contains(#""volatile":[3]"#))
  }

  @Test(
    "Pages whose names differ in composition only, or begin with a combining mark, are pages of their own",
    arguments: [
      ["é.json", "e\u{301}.json"], ["\u{301}.json", "a.json"], ["a\u{FE0F}.json.gz", "a.json.gz"],
    ])
  func foreignNames(names: [String]) async throws {
    let job = try job(
      Dictionary(uniqueKeysWithValues: names.map { (Name($0), [row(Array($0.utf8).count)]) }))
    let pack = try await job.run().pack
    let manifest = try PublishedPack(at: pack).manifest
    #expect(manifest.counts.pages == 2 && manifest.counts.instances == 2)
    let settings = try PackCase.settings(digestsOnly: false)
    let verification = try await PackVerifier(pack: pack, settings: settings).run()
    #expect(verification.discrepancies.isEmpty, "\(verification.discrepancies)")
    try await TestProcess(shell: "sh VERIFY.txt", in: pack).succeed()
  }

  @Test("Without a window and an as-of instant, the pages say both")
  func derived() async throws {
    let job = try job(["a.json": [row(1, version: 3), row(9)]]) { $0.asOf = nil }
    let result = try await job.run()
    #expect(result.pack.hasSuffix("2026-10-02_2026-10-11"))
    let cover = String(decoding: try job.report("cover"), as: UTF8.self)
    #expect(cover.contains(#""asOf":"2026-10-10T00:00:09.000Z""#))
  }

  @Test(
    "One GUID under two reference ids, and two GUIDs under one, break the contract",
    arguments: [
      (5, 6, 1, 1), (5, 5, 1, 2),
    ])
  func sharedIdentities(first: Int, second: Int, firstID: Int, secondID: Int) async throws {
    let job = try job(["a.json": [row(first, id: firstID), row(second, id: secondID)]])
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenData)
    #expect(try job.folder.names(in: "archive") == [".kfaudit.lock"])
  }

  @Test("A broken page is named with its byte, row and field, and nothing is published")
  func brokenPage() async throws {
    let job = try job(["a.json": [row(1)], "b.json": [row(2), #"{"Id":"x","ReferenceId":3}"#]])
    let error = try await #require(throws: PageError.self) { _ = try await job.run() }
    #expect(error.page == "b.json")
    #expect(error.row == 2)
    #expect(error.field == "Id")
    #expect(try job.folder.names(in: "archive") == [".kfaudit.lock"])
  }

  @Test("An empty window is a report with zero instances")
  func emptyWindow() async throws {
    let job = try job(["a.json": []]) {
      $0.from = "2026-10-01"
      $0.to = "2026-10-03"
    }
    let result = try await job.run()
    #expect(result.verdict == .unproved)
    let metrics = String(decoding: try job.report("metrics"), as: UTF8.self)
    #expect(metrics.contains(#""instances":0"#))
    #expect(try job.read("instances.ndjson").isEmpty)
  }

  @Test("Rows outside the window are left out, and counted")
  func outOfWindow() async throws {
    let job = try job(["a.json": (1...27).map { row($0) }]) {
      $0.from = "2026-10-10"
      $0.to = "2026-10-12"
    }
    _ = try await job.run()
    #expect(try job.read("instances.ndjson").split(separator: 0x0A).count == 2)
    let metrics = String(decoding: try job.report("metrics"), as: UTF8.self)
    #expect(metrics.contains(#""outOfWindow":25"#))
  }
}
