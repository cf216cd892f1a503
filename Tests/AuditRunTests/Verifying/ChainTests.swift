import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("Chains of packs", .slow, .sharing { try await ChainCase().archive() })
struct ChainTests {
  private let chain = ChainCase()

  @Test("Each night names the digest of the one before, and a re-run follows them all")
  func sound() async throws {
    var job = try await SharedJob.copy()
    #expect(try await chain.verify(job).status == .complete)
    job.options.format = "json,csv"
    let result = try await chain.run(&job, night: 10)
    #expect(result.pack.hasSuffix(".r2"))
    let (status, text) = try await chain.verify(job)
    #expect(status == .complete)
    #expect(text.contains("5 packs, each naming the digest of the one before"))
  }

  @Test("The last line of a chain is that of its packs: an altered one is named")
  func altered() async throws {
    let job = try await SharedJob.copy()
    try Data("x".utf8).write(to: URL(filePath: job.folder("\(chain.name(11))/report.json")))
    let (status, text) = try await chain.verify(job)
    #expect(status == .brokenData)
    #expect(text.contains("2026-07-11_2026-07-12: it is not intact, as its own lines tell."))
    #expect(text.split(separator: "\n").last?.hasPrefix("NOT INTACT: ") == true)
  }

  @Test("F161: a night that was removed is named with the digest that was expected")
  func removed() async throws {
    let job = try await SharedJob.copy()
    let manifest = try PublishedPack(at: job.folder(chain.name(11)))
    try FileManager.default.removeItem(atPath: job.folder(chain.name(11)))
    let (status, text) = try await chain.verify(job)
    #expect(status == .brokenData)
    #expect(
      text.contains(
        "2026-07-12_2026-07-13: it follows 2026-07-11_2026-07-12 of manifest \(manifest.manifestDigest), "
          + "which is missing"))
  }

  @Test("F161: nights that were swapped, replaced or restarted are named")
  func swapped() async throws {
    let job = try await SharedJob.copy()
    let files = FileManager.default
    try files.moveItem(atPath: job.folder(chain.name(11)), toPath: job.folder("aside"))
    try files.moveItem(atPath: job.folder(chain.name(12)), toPath: job.folder(chain.name(11)))
    try files.moveItem(atPath: job.folder("aside"), toPath: job.folder(chain.name(12)))
    let swapped = try await chain.verify(job)
    #expect(swapped.status == .brokenData)
    #expect(swapped.text.contains("packs were renamed or swapped"))

    var other = try await SharedJob.copy()
    try files.removeItem(atPath: other.folder(chain.name(12)))
    other.options.format = "json,csv"
    try await chain.run(&other, night: 12)
    let replaced = try await chain.verify(other)
    #expect(replaced.status == .brokenData)
    #expect(replaced.text.contains("the pack was replaced"))

    let restarted = try await SharedJob.copy()
    try files.removeItem(atPath: restarted.folder(chain.name(13)))
    var fresh = restarted
    fresh.options.out = restarted.folder("fresh")
    try await chain.run(&fresh, night: 13)
    try files.moveItem(
      atPath: restarted.folder("fresh/2026-07-13_2026-07-14"),
      toPath: restarted.folder(chain.name(13)))
    let answer = try await chain.verify(restarted)
    #expect(answer.status == .brokenData)
    #expect(answer.text.contains("the chain was restarted"))
  }

  @Test("A run that ended before it could point latest at its pack breaks no chain")
  func endedBetween() async throws {
    var job = try await SharedJob.copy()
    let latest = job.folder("archive/latest")
    try FileManager.default.removeItem(atPath: latest)
    try FileManager.default.createSymbolicLink(
      atPath: latest, withDestinationPath: "2026-07-12_2026-07-13")
    try await chain.run(&job, night: 14)
    #expect(try await chain.verify(job).status == .complete)
  }

  @Test("F162: an earlier pack that cannot be read is a finding, and the run goes on")
  func unreadable() async throws {
    var job = try await SharedJob.copy()
    try job.folder.write("{", to: "archive/latest/manifest.json")
    let result = try await chain.run(&job, night: 14)
    #expect(result.verdict == .unproved)
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains("PREVIOUS_UNAVAILABLE"))
    #expect(
      completeness.contains("archive\\/2026-07-13_2026-07-14")
        || completeness.contains("2026-07-13"))
    #expect(try await chain.verify(job).status == .brokenData)
  }

  @Test("Whatever else lies in an archive is passed over")
  func foreignNames() async throws {
    var job = try await SharedJob.copy()
    for file in [
      "nightly.log", "line\nbreak", "2026-07-10_2026-07-11.zip", "\(chain.name(10))_old",
    ] {
      try job.folder.write("", to: file.hasPrefix("archive") ? file : "archive/\(file)")
    }
    for folder in ["lost+found", "@eaDir", ".snapshot", "x/tables"] {
      try job.folder.makeFolder("archive/\(folder)")
    }
    try job.folder.makePipe("archive/pipe")
    try job.folder.setMode(0o000, of: "archive/lost+found")
    #expect(try await chain.verify(job).status == .complete)
    let result = try await chain.run(&job, night: 14)
    #expect(result.pack.hasSuffix("2026-07-14_2026-07-15"))
    #expect(try await chain.verify(job).status == .complete)
    try job.folder.setMode(0o700, of: "archive/lost+found")
  }

  @Test(
    "What has the name of a pack and is none is named, and the newest pack is followed",
    arguments: ["file", "link", "pipe", "folder"])
  func strays(kind: String) async throws {
    var job = try await SharedJob.copy()
    let stray = job.folder(chain.name(20))
    switch kind {
    case "file": try job.folder.write("", to: chain.name(20))
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: stray, withDestinationPath: job.folder(chain.name(13)))
    case "pipe": try job.folder.makePipe(chain.name(20))
    default: try job.folder.makeFolder(chain.name(20))
    }
    try await chain.run(&job, night: 14)
    #expect(try chain.previous(job) == "2026-07-13_2026-07-14")
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains("2026-07-20_2026-07-21: it has the name of a pack, but "))
    let (status, text) = try await chain.verify(job)
    #expect(status == .brokenData)
    #expect(text.contains("- 2026-07-20_2026-07-21: it has the name of a pack, but "))
    #expect(text.contains("has 1 discrepancy"))
  }

  @Test("When the newest pack is gone the one before it is followed, and the report says so")
  func newestGone() async throws {
    var job = try await SharedJob.copy()
    try FileManager.default.removeItem(atPath: job.folder(chain.name(13)))
    try await chain.run(&job, night: 14)
    #expect(try chain.previous(job) == "2026-07-12_2026-07-13")
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(
      completeness.contains(
        "The pack 2026-07-13_2026-07-14, at which latest points, is not in the archive"))
    #expect(try await chain.verify(job).status == .complete)
  }

  @Test(
    "The chain knows its newest pack, wherever latest points",
    arguments: ["2026-07-11_2026-07-12", "../elsewhere", "/", "", "folder"])
  func latestElsewhere(target: String) async throws {
    var job = try await SharedJob.copy()
    let latest = job.folder("archive/latest")
    try FileManager.default.removeItem(atPath: latest)
    if target == "folder" {
      try job.folder.makeFolder("archive/latest")
    } else if !target.isEmpty {
      try FileManager.default.createSymbolicLink(atPath: latest, withDestinationPath: target)
    }
    let pack = try await chain.run(&job, night: 14).pack
    #expect(
      try PublishedPack(at: pack).manifest.previous?.path == "2026-07-13_2026-07-14")
    #expect(try await chain.verify(job).status == .complete)
  }

  @Test("A restart that is asked for is recorded, shown and accepted")
  func restarted() async throws {
    var job = try await SharedJob.copy()
    job.options.restartChain = true
    try await chain.run(&job, night: 1)
    let manifest = try PublishedPack(at: job.folder("archive/latest")).manifest
    #expect(manifest.previous == nil)
    #expect(manifest.chainRestart?.after?.path == "2026-07-13_2026-07-14")
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains("CHAIN_RESTARTED"))
    let (status, text) = try await chain.verify(job)
    #expect(status == .complete, "\(text)")
    #expect(text.contains("but for recorded restarts at 2026-07-01_2026-07-02"))
    let whole = try await VerifyRun(PackCase.settings(digestsOnly: false))
      .pack(job.folder("archive/latest"))
    #expect(whole.exitStatus == .complete, "\(whole.table)")

    // The next night follows the restarted chain, although the other one has later names.
    job.options.restartChain = false
    try await chain.run(&job, night: 2)
    #expect(try chain.previous(job) == "2026-07-01_2026-07-02")
    #expect(try await chain.verify(job).status == .complete)

    // Retention goes over the restart.
    var last = ""
    for day in 10...13 { last = try chain.remove(day, from: job) }
    #expect(try await chain.verify(job, after: last).status == .complete)
    #expect(try await chain.verify(job).status == .complete)
    #expect(
      try await chain.verify(job, after: String(repeating: "0", count: 64)).status == .brokenData)
  }

  @Test(
    "A restart is asked for although the same rows are published, and is not where there is no pack"
  )
  func restartedAgain() async throws {
    var job = try await SharedJob.copy()
    job.options.restartChain = true
    #expect(try await job.run().pack.hasSuffix(".r2"))
    #expect(try await job.run().wasAlreadyPublished)
    job.options.restartChain = false
    #expect(try await job.run().wasAlreadyPublished)
    job.options.restartChain = true
    job.options.out = job.folder("fresh")
    let pack = try await job.run().pack
    #expect(try PublishedPack(at: pack).manifest.chainRestart == nil)
    job.options.previous = pack
    #expect(throws: PlanError.self) { try job.plan() }
  }

  @Test("A restart in a manifest that its report does not know is a discrepancy")
  func inventedRestart() async throws {
    let job = try await SharedJob.copy()
    let pack = try PublishedPack(at: job.folder(chain.name(10)))
    var manifest = pack.manifest
    manifest.chainRestart = .init(after: nil)
    try Data(manifest.encoded()).write(to: URL(filePath: "\(pack.path)/manifest.json"))
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: false)).pack(pack.path)
    #expect(answer.table.contains("manifest.json does not follow from the evidence"))
  }

  @Test("Of packs that none follows the newest is that of the latest as-of instant, then by name")
  func ties() throws {
    func link(_ name: String, asOf: String, after previous: ChainLink? = nil) throws -> ChainLink {
      let before = previous.map {
        #"{"path":"\#($0.name)","manifestSha256":"\#($0.manifest)"}"#
      }
      let text = """
        {"name":"\(name)","previous":\(before ?? "null"),"asOf":"\(asOf)","window":{"from":"","to":"",
        "timeZone":"","localFrom":"","localTo":""}}
        """
      return try ChainLink(name: name, manifest: Array(text.utf8))
    }
    let first = try link("b", asOf: "2026-10-03T00:00:00.000Z")
    let second = try link("a", asOf: "2026-10-02T00:00:00.000Z", after: first)
    #expect(PackChain([first, second]).newest == second)
    #expect(PackChain([second, first]).order == [first, second])
    let fork = try link("c", asOf: "2026-10-02T00:00:00.000Z", after: first)
    #expect(PackChain([fork, second, first]).newest == fork)
    let later = try link("A", asOf: "2026-10-02T00:00:00.001Z", after: first)
    #expect(PackChain([fork, later, second, first]).newest == later)
    #expect(PackChain([]).newest == nil)
  }

  @Test("The newest pack under another window's name, or that of an unfinished read, is named")
  func misleadingNames() async throws {
    let renamed = try await SharedJob.copy()
    try FileManager.default.moveItem(
      atPath: renamed.folder(chain.name(13)),
      toPath: renamed.folder("archive/2026-09-01_2026-09-02"))
    let (status, text) = try await chain.verify(renamed)
    #expect(status == .brokenData)
    #expect(text.contains("2026-09-01_2026-09-02: its manifest.json is that of 2026-07-13"))

    let hidden = try await SharedJob.copy()
    try FileManager.default.moveItem(
      atPath: hidden.folder(chain.name(13)), toPath: hidden.folder(chain.name(13) + ".INCOMPLETE"))
    let second = try await chain.verify(hidden)
    #expect(second.status == .brokenData)
    #expect(second.text.contains("which no unfinished read has: a pack was renamed"))
  }

  @Test("latest that points at another pack than the newest is named, and none is no fault")
  func misleadingLatest() async throws {
    let job = try await SharedJob.copy()
    let latest = job.folder("archive/latest")
    try FileManager.default.removeItem(atPath: latest)
    #expect(try await chain.verify(job).status == .complete)
    for target in ["2026-07-11_2026-07-12", "gone", "/tmp"] {
      try FileManager.default.createSymbolicLink(atPath: latest, withDestinationPath: target)
      let (status, text) = try await chain.verify(job)
      #expect(status == .brokenData)
      #expect(text.contains("latest: it points at \(target), and the newest pack is 2026-07-13"))
      try FileManager.default.removeItem(atPath: latest)
    }
  }

}
