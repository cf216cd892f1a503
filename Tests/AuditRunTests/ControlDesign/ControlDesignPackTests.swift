import AuditEvidence
import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

extension PackCase {
  /// A pack of a sandbox; `days` are days of October.
  static func controlDesign(
    days: ClosedRange<Int>? = nil, design: Bool = true,
    _ change: (inout SandboxOptions) -> Void = { _ in },
    job ask: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    var options = SandboxOptions()
    options.instances = 400
    options.now = 1_793_600_000_000
    change(&options)
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    job.options.controlDesign = design
    if let days {
      job.options.from = "2026-10-\(days.lowerBound < 10 ? "0" : "")\(days.lowerBound)"
      job.options.to = "2026-10-\(days.upperBound < 10 ? "0" : "")\(days.upperBound)"
    }
    try ask(&job)
    let result = try await job.run()
    #expect(result.verdict == .proved)
    try await sandbox.stop()
    return PackCase(job: job, path: result.pack)
  }
}

@Suite("Packs with control design", .slow, .sharing { try await PackCase.controlDesign().job })
struct ControlDesignPackTests {
  private static func design(_ path: String) throws -> [String: Any]? {
    try MergeCase.report(at: path).object("metrics")["controlDesign"] as? [String: Any]
  }

  @Test("It verifies, without a server, also with standard tools, and renders to the same bytes")
  func sound() async throws {
    let pack = try await SharedJob.pack()
    let verification = try await pack.verify()
    #expect(verification.isIntact, "\(verification.table)")
    let script = try await TestProcess(["sh", "VERIFY.txt"], in: pack.path).run()
    #expect(script.status == 0 && script.output.hasPrefix("CONSISTENT"), "\(script)")
    let zip = pack.job.folder("pack.zip")
    _ = try await BundleRun(pack: pack.path, out: zip, workers: 2).run()
    let zipped = try PackVerifier(pack: zip, settings: PackCase.settings(digestsOnly: false))
    #expect(try await zipped.run().isIntact)
    try await pack.render(to: "again")
    for file in ["report.json", "report.html", "tables/control_design.csv", "datapackage.json"] {
      #expect(try pack.job.folder.read("again/\(file)") == pack.read(file), "\(file)")
    }
    let lines = Journal.reading(try pack.read(Journal.path)).entries
      .filter { $0.purpose == JournalEntry.definition }
    let files = try pack.files().filter { $0.hasPrefix("evidence/definitions/") }
    #expect(files.count > 12 && lines.map(\.file).sorted() == files)
    #expect(lines.allSatisfy { $0.request.contains("/Workflow/Definitions/") && $0.rows == 0 })
  }

  @Test("Without it, neither options nor report nor journal know of it")
  func absent() async throws {
    let pack = try await PackCase.controlDesign(design: false)
    for file in ["report.json", "evidence/inputs/options.json", "manifest.json", "report.html"] {
      let text = String(decoding: try pack.read(file), as: UTF8.self)
      #expect(!text.contains("ontrolDesign") && !text.contains("Control design"), "\(file)")
    }
  }

  @Test(
    "A changed file of a definition is found, also where digests and journal are made to fit",
    arguments: [
      #"s/"enabled" : true/"enabled" : false/"#, #"s/"sha256" : "./"sha256" : "f/"#,
      #"s/"conditional" : false/"conditional" : true/"#, "1s/.*/[/",
    ])
  func changed(edit: String) async throws {
    let pack = try await SharedJob.pack()
    let files = try pack.files().filter { $0.hasPrefix("evidence/definitions/") }
    let file = try #require(
      try files.first { String(decoding: try pack.read($0), as: UTF8.self).contains("Approvers") })
    try await pack.run("sed -i '\(edit)' \(file)")
    #expect(try await !pack.verify().isIntact)
    #expect(
      try await pack.verify(digestsOnly: true).discrepancies.contains { $0.path == file })
    try Self.forge(pack)
    let forged = try await pack.verify()
    #expect(!forged.isIntact, "\(forged.table)")
    let script = try await TestProcess(["sh", "VERIFY.txt"], in: pack.path).run()
    // Standard tools find no fault where all digests were made to fit: they recompute nothing.
    #expect(script.status == 0)
  }

  /// Makes the journal's digests of files, its chain, the manifest and SHA256SUMS fit.
  private static func forge(_ pack: PackCase) throws {
    var journal = Journal()
    var lines: [UInt8] = []
    for entry in Journal.reading(try pack.read(Journal.path)).entries {
      let stored = try pack.read(entry.file)
      let page = RawPage(
        request: entry.request, status: entry.status,
        headers: entry.headers.map { .init(name: $0.name, value: $0.value) }, body: [])
      var facts = JournalEntry(
        of: page, rows: entry.rows,
        body: (entry.bytes, Digest(hexadecimal: entry.sha256) ?? .zero),
        in: FileRecord(
          path: entry.file, bytes: stored.count, digest: Digest.of(stored), mediaType: ""))
      facts.purpose = entry.purpose
      facts.after = entry.after
      lines += try journal.append(facts)
    }
    try pack.write(lines, to: Journal.path)
    var manifest = try PublishedPack(at: pack.path).manifest
    manifest.journalHead = journal.head.hexadecimal
    let records = try manifest.files.map { file in
      let bytes = try pack.read(file.path)
      return FileRecord(
        path: file.path, bytes: bytes.count, digest: Digest.of(bytes), mediaType: file.mediaType)
    }
    manifest.files = records.map(ManifestDocument.File.init)
    let bytes = try manifest.encoded()
    try pack.write(bytes, to: "manifest.json")
    let own = FileRecord(
      path: "manifest.json", bytes: bytes.count, digest: Digest.of(bytes), mediaType: "")
    try pack.write(Checksums.of(records + [own]), to: Checksums.name)
  }

  @Test("Permission that comes later makes a new revision of the same rows")
  func permission() async throws {
    var options = SandboxOptions()
    options.instances = 60
    options.now = 1_793_600_000_000
    options.showsDefinitions = false
    let closed = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(closed)
    job.options.controlDesign = true
    let first = try await job.run()
    #expect(try await job.run().wasAlreadyPublished)
    try await closed.stop()
    options.showsDefinitions = true
    options.port = closed.port
    let open = try await Sandbox.start(options)
    let second = try await job.run()
    try await open.stop()
    #expect(!second.wasAlreadyPublished && second.pack != first.pack)
    #expect(try Self.design(first.pack)?["refused"] is String)
    #expect(try Self.design(second.pack)?["refused"] is NSNull)
    let report = try MergeCase.report(at: first.pack)
    let limitations = report["limitations"] as? [String] ?? []
    #expect(
      limitations.contains {
        $0.hasPrefix("The control design is not complete: the server answered 403")
      })
  }

  @Test("Packs with and without it merge: what no pack has is not found")
  func merged() async throws {
    let packs = [
      try await PackCase.controlDesign(days: 1...10),
      try await PackCase.controlDesign(days: 10...20, design: false),
      try await PackCase.controlDesign(days: 20...31) { $0.showsDefinitions = false },
    ]
    let report = try await MergeCase(packs).report()
    let design = try report.object("metrics").object("controlDesign")
    let rows = try design.objects("definitions")
    #expect(rows.contains { $0["found"] as? Bool == true })
    #expect(rows.contains { $0["found"] as? Bool == false })
    let instances = try report.object("metrics").object("population")["instances"] as? Int
    #expect(rows.compactMap { $0["instances"] as? Int }.reduce(0, +) == instances)
    let without = try await MergeCase([packs[1]]).report()
    #expect(try without.object("metrics")["controlDesign"] == nil)
    await #expect(throws: MergeError.needsDefinitions(metric: "controlDesign")) {
      _ = try await MergeCase([packs[1]]).merge { $0.metrics = "controlDesign" }
    }
  }

  @Test("Gates ask for its figures, and are not evaluated where nothing was read")
  func gates() async throws {
    let policy = """
      gates:
        - {id: without, metric: controlDesign.withoutApproval.instances, max: 0}
        - {id: unread, metric: controlDesign.notFound.definitions, max: 0}
      """
    func results(_ change: (inout SandboxOptions) -> Void) async throws -> [String] {
      let pack = try await PackCase.controlDesign(change) { job in
        try job.folder.write(policy, to: "policy.yaml")
        job.options.policy = job.folder("policy.yaml")
      }
      return try MergeCase.report(at: pack.path).objects("gates").map {
        $0["result"] as? String ?? ""
      }
    }
    let open = try await results { _ in }
    #expect(open == ["failed", "passed"])
    let closed = try await results { $0.showsDefinitions = false }
    #expect(closed == ["notJudged", "failed"])
  }

  @Test(
    "A pseudonymised copy has tokens for roles, their numbers, steps and parameters, and the same figures"
  )
  func pseudonyms() async throws {
    let pack = try await SharedJob.pack()
    try await pack.render(to: "copy") { $0.pseudonyms = PackCase.pseudonyms }
    let copy = try #require(try Self.design(pack.job.folder("copy")))
    let text = String(decoding: try pack.job.folder.read("copy/report.json"), as: UTF8.self)
    for name in ["PKI Approvers", "Code Signing", "requester:manager", "SandboxApprovals"] {
      #expect(!text.contains(name), "\(name)")
    }
    let original = try #require(try Self.design(pack.path))
    #expect(
      try copy.objects("changes").map { $0["what"] as? String }
        == original.objects("changes").map { $0["what"] as? String })
    #expect(try !original.objects("changes").isEmpty)
  }

  @Test("Control design is a setting of the configuration too, which saved pages pass over")
  func configuration() async throws {
    let pack = try await PackCase.controlDesign(
      design: false, job: { try $0.configure("controlDesign: true") })
    #expect(try Self.design(pack.path) != nil)
    #expect(try await pack.verify().isIntact)
    let saved = try await PackCase.saved { try $0.configure("controlDesign: true") }
    #expect(try Self.design(saved.path) == nil)
    #expect(try await saved.verify().isIntact)
    var job = try MainJob()
    job.options.pages = job.folder.path
    job.options.metrics = "controlDesign"
    #expect(throws: (any Error).self) { try job.plan() }
    try job.configure("controlDesign: perhaps")
    job.options.metrics = nil
    #expect(throws: (any Error).self) { try job.plan() }
  }
}
