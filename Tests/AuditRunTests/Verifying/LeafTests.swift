import AuditEvidence
import AuditFetch
import AuditModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditReport
@testable import AuditRun

@Suite("Leaves of the Merkle tree", .slow)
struct LeafTests {
  /// A pack of pages in October 2026.
  private func pack(
    _ pages: [String], change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    for (number, page) in pages.enumerated() {
      try job.folder.write(page, to: "pages/\(number).json")
    }
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = "2026-11-01"
    try change(&job)
    return PackCase(job: job, path: try await job.run().pack)
  }

  /// The root over some texts.
  private func root(of leaves: [[UInt8]]) -> String {
    var tree = MerkleTree()
    for leaf in leaves { tree.append(leaf) }
    return tree.root.hexadecimal
  }

  private func expectIntact(_ pack: PackCase) async throws {
    let found = try await pack.verify()
    #expect(found.isIntact, "\(found.table)")
  }

  @Test("are the rows as received, from which the lines follow, of pages in any spelling and order")
  func received() async throws {
    for seed in 0..<10 {
      let hostile = HostileRows(seed: seed)
      let pack = try await pack(hostile.pages) { try $0.configure(hostile.configuration) }
      let published = try PublishedPack(at: pack.path)
      let work = try Reperformance(of: published, workers: 2)
      let lines = try pack.read("instances.ndjson").split(separator: 0x0A).map { Array($0) }
      var rows: [[UInt8]] = []
      for leaf in try await work.leaves() {
        rows.append(try #require(try work.received(leaf)))
      }
      #expect(try rows.map(work.line) == lines)
      #expect(published.manifest.leaf == .received)
      #expect(published.manifest.merkleRoot == root(of: rows))
      #expect(try pack.job.read("report.json").contains("\"leaf\" : \"received\"".utf8))
      try await expectIntact(pack)
    }
  }

  @Test("need no line of instances.ndjson, and are the same whether or not there is one")
  func formats() async throws {
    let with = try await PackCase.saved { $0.options.format = "json,ndjson" }
    let without = try await PackCase.saved { $0.options.format = "json" }
    let roots = try [with, without].map { try PublishedPack(at: $0.path).manifest.merkleRoot }
    #expect(roots[0] == roots[1])
  }

  private static let row = ModelRow(7, start: 1_790_900_000_000).json(statusAsInteger: false)

  @Test(
    "are of several versions of a row those of the last that was modified last",
    arguments: [
      ([row, row.replacing(",", with: ", ")], 1), ([row.replacing(",", with: ", "), row], 1),
      ([row, row.replacing("14:20.000Z", with: "15:20.000Z"), row.replacing(",", with: ", ")], 1),
    ])
  func versions(rows: [String], counting: Int) async throws {
    for workers in [1, 3] {
      let pack = try await pack(rows.map { "[\($0)]" }) { $0.workers = workers }
      #expect(
        try PublishedPack(at: pack.path).manifest.merkleRoot
          == root(of: [Array(rows[counting].utf8)]))
      try await expectIntact(pack)
    }
  }

  /// The rows with other white space, and their first key as the last one.
  private static func respelled(_ body: [UInt8]) -> [UInt8] {
    let text = String(decoding: body, as: UTF8.self)
      .replacing(/\{"Id":"([^"]*)",(.*?),"ReferenceId":([0-9]+)\}/) { row in
        "{ \(row.output.2), \n\"ReferenceId\": \(row.output.3),\"Id\":\"\(row.output.1)\" }"
      }
    return Array(text.utf8)
  }

  @Test("are of instances that a server spells differently in its second read those that were kept")
  func respelling() async throws {
    let plain = try await QuirkJob.undisturbed()
    let reads = Mutex(0)
    let job = try QuirkJob(after: { _, asked, response in
      let isFirstPage =
        asked.limit == 10 && asked.filter.contains("ReferenceId -gt 0 AND")
        && asked.filter.contains("StartDate -ge")
      let read = reads.withLock { reads in
        if isFirstPage { reads += 1 }
        return reads
      }
      var response = response
      if read > 1 { response.body = Self.respelled(response.body) }
      return response
    })
    let result = try await job.run()
    #expect(result.verdict == .provedWithChanges)
    try job.expectSameRows(as: plain)
    let manifest = try PublishedPack(at: result.pack).manifest
    #expect(manifest.counts.distinct == 110)
    #expect(
      manifest.merkleRoot
        != (try PublishedPack(at: plain.job.folder("archive/latest")).manifest.merkleRoot))
    try await expectIntact(PackCase(job: job.job, path: result.pack))
  }

  @Test("are lines in a pack of before, which verifies and is rendered as it was")
  func before() async throws {
    let pack = try await PackCase.saved()
    try pack.makeNormalised()
    try await expectIntact(pack)
    try await pack.render(to: "again")
    #expect(try pack.job.folder.read("again/report.json") == pack.read("report.json"))
    try pack.replace(
      "\"toolVersion\" : \"\(ToolVersion.current)\"", with: "\"toolVersion\" : \"0.0.1\"",
      in: "manifest.json")
    try pack.forgeDigests()
    try await expectIntact(pack)
  }

  @Test("cannot be given out for leaves of the other kind", arguments: [true, false])
  func renamed(isNormalised: Bool) async throws {
    let pack = try await PackCase.saved()
    if isNormalised { try pack.makeNormalised() }
    for (file, indent) in [("report.json", "    "), ("manifest.json", "  ")] {
      let leaf = { (kind: String) in "\(indent)\"leaf\" : \"\(kind)\",\n" }
      let root = "\(indent)\"merkleRoot\""
      if isNormalised {
        try pack.replace(root, with: leaf("received") + root, in: file)
      } else {
        try pack.replace(leaf("received"), with: "", in: file)
      }
    }
    try pack.forgeDigests()
    #expect(try await pack.verify().exitStatus == .brokenData)
  }
}
