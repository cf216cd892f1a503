import AuditEvidence
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

/// A published pack of one test, to be changed and verified.
struct PackCase {
  let job: MainJob
  let path: String

  /// A pack of saved pages: 60 instances in three pages, one compressed.
  static func saved(
    _ change: (inout MainJob) async throws -> Void = { _ in },
    result: (AuditResult) -> Void = { _ in }
  ) async throws -> PackCase {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    let examples = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/quarter/pages")
    for name in ["page-001.json", "page-002.json.gz", "page-003.json"] {
      try FileManager.default.copyItem(
        atPath: examples.appending(path: name).path, toPath: job.folder("pages/\(name)"))
    }
    job.options.pages = job.folder("pages")
    try await change(&job)
    let published = try await job.run()
    result(published)
    return PackCase(job: job, path: published.pack)
  }

  /// A pack of a server, read twice.
  static func server(
    _ change: (inout QuirkJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    var job = try QuirkJob()
    try change(&job)
    return PackCase(job: job.job, path: try await job.run().pack)
  }

  /// The paths of its files.
  func files() throws -> [String] {
    try PackInventory(of: path).files.keys.sorted().map(\.string)
  }

  func read(_ file: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: "\(path)/\(file)")))
  }

  func write(_ bytes: [UInt8], to file: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(file)"))
  }

  /// Replaces a text in a file, which must hold it.
  func replace(_ old: String, with new: String, in file: String) throws {
    let text = String(decoding: try read(file), as: UTF8.self)
    try #require(text.contains(old), "\(file) does not hold \(old)")
    try write(Array(text.replacing(old, with: new).utf8), to: file)
  }

  /// Runs a shell command in the pack.
  func run(_ command: String) async throws {
    try await TestProcess(shell: command, in: path).succeed()
  }

  /// Makes digests, journal and manifest fit whatever the files are now, as somebody who forges a pack would.
  func forgeDigests() throws {
    let entries = Journal.reading(try read(Journal.path)).entries
    var journal = Journal()
    var lines: [UInt8] = []
    for entry in entries {
      let stored = try read(entry.file)
      let body = try PageFolder.body(at: entry.file, stored: stored)
      var page = RawPage(
        request: entry.request, status: entry.status,
        headers: entry.headers.map { .init(name: $0.name, value: $0.value) }, body: [])
      page.body = body
      let rows = try PageScan.rows(of: body, page: entry.file).count
      var facts = JournalEntry(
        of: page, rows: rows, body: (body.count, Digest.of(body)),
        in: FileRecord(
          path: entry.file, bytes: stored.count, digest: Digest.of(stored), mediaType: ""))
      facts.purpose = entry.purpose
      facts.after = entry.after
      lines += try journal.append(facts)
    }
    try write(lines, to: Journal.path)
    var manifest = try PublishedPack(at: path).manifest
    manifest.journalHead = journal.head.hexadecimal
    let records = try manifest.files.map { file in
      let bytes = try read(file.path)
      return FileRecord(
        path: file.path, bytes: bytes.count, digest: Digest.of(bytes), mediaType: file.mediaType)
    }
    manifest.files = records.map(ManifestDocument.File.init)
    let bytes = try manifest.encoded()
    try write(bytes, to: "manifest.json")
    let own = FileRecord(
      path: "manifest.json", bytes: bytes.count, digest: Digest.of(bytes), mediaType: "")
    try write(Checksums.of(records + [own]), to: Checksums.name)
  }

  /// Makes it a pack of before: its root is that over the lines of instances.ndjson, and nothing says what leaves are.
  func makeNormalised() throws {
    var tree = MerkleTree()
    for line in try read("instances.ndjson").split(separator: 0x0A) { tree.append(Array(line)) }
    let root = try PublishedPack(at: path).manifest.merkleRoot
    for file in ["report.json", "report.html", "manifest.json"] {
      try replace(root, with: tree.root.hexadecimal, in: file)
    }
    for (file, indent) in [("report.json", "    "), ("manifest.json", "  ")] {
      try replace("\(indent)\"leaf\" : \"received\",\n", with: "", in: file)
    }
    try forgeDigests()
  }

  /// What puts tokens in the place of names.
  static let pseudonyms = Pseudonyms(key: Array("0123456789abcdef".utf8))

  /// Renders it into a folder of its job, and returns that.
  @discardableResult
  func render(
    to out: String = "rendered", _ change: (inout RenderRun.Options) -> Void = { _ in }
  ) async throws -> String {
    var options = RenderRun.Options(out: job.folder(out))
    change(&options)
    _ = try await RenderRun(pack: path, options: options, workers: 2, warning: { _ in }).run()
    return options.out
  }

  /// What a verification finds.
  func verify(
    digestsOnly: Bool = false, change: (inout VerifySettings) -> Void = { _ in }
  ) async throws -> Verification {
    var settings = try Self.settings(digestsOnly: digestsOnly)
    change(&settings)
    return try await PackVerifier(pack: path, settings: settings).run()
  }

  static func settings(
    digestsOnly: Bool, caFile: String? = nil, allowedSigners: String? = nil, after: String? = nil
  ) throws -> VerifySettings {
    try VerifySettings(
      caFile: caFile, allowedSigners: allowedSigners, at: nil, after: after,
      digestsOnly: digestsOnly, workers: 2,
      in: .process)
  }
}
