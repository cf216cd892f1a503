import AuditModel
import AuditPlan
import AuditReduce
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("Packs merged into one report", .slow)
struct MergeTests {
  @Test("Of two versions of an instance the newer pack's counts")
  func versions() async throws {
    var before = QuirkJob.rows()
    before[1].status = "Running"
    let (old, new) = (
      try await MergeCase.pack(before) { $0.options.asOf = "2026-11-01T00:00:00Z" },
      try await MergeCase.pack()
    )
    let report = try await MergeCase([old, new]).report()
    let population = try report.object("metrics").object("population")
    #expect(population["instances"] as? Int == 110)
    #expect(try population.object("byStatus")["Running"] as? Int == 0)
    let packs = try #require(report.objects("servers").first).objects("packs")
    #expect(packs.map { $0["instances"] as? Int }.sorted { ($0 ?? 0) < ($1 ?? 0) } == [0, 110])
    #expect(packs.compactMap { $0["duplicates"] as? Int }.max() == 110)
  }

  @Test("Gaps and overlaps of windows are named, and a gap leaves completeness unproved")
  func coverage() async throws {
    let packs = [
      try await MergeCase.pack(days: 20...28), try await MergeCase.pack(days: 1...10),
      try await MergeCase.pack(days: 8...15),
    ]
    let merge = try MergeCase(packs)
    let report = try await merge.report()
    let server = try #require(try report.objects("servers").first)
    #expect(
      server["gaps"] as? NSObject == [
        ["from": "2026-10-15T00:00:00.000Z", "to": "2026-10-20T00:00:00.000Z"]
      ] as NSArray)
    let overlap = try #require(try server.objects("overlaps").first)
    #expect(overlap["from"] as? String == "2026-10-08T00:00:00.000Z")
    #expect((overlap["packs"] as? [String])?.count == 2)
    #expect(server["verdict"] as? String == "unproved")
    #expect(try report.object("completeness")["verdict"] as? String == "unproved")
    // Four instances start each day; the overlap counts once.
    let population = try report.object("metrics").object("population")
    #expect(population["instances"] as? Int == 4 * (14 + 8))
    let page = try String(contentsOfFile: merge.folder("out/report.html"), encoding: .utf8)
    #expect(page.contains("Gaps and overlaps of periods"))
    try await TestProcess(shell: "sha256sum --check --quiet SHA256SUMS", in: merge.folder("out"))
      .succeed()
  }

  @Test("Two servers that number alike are two, together and each alone")
  func servers() async throws {
    var rows = QuirkJob.rows()
    for index in 0..<10 { rows[index].status = "Failed" }
    let other = try await MergeCase.pack(rows) { $0.options.server = "https://other.example" }
    let report = try await MergeCase([try await MergeCase.pack(), other]).report()
    let rates = try report.object("metrics").object("failureRates")
    #expect(rates["failed"] as? Int == 10)
    #expect(rates["terminal"] as? Int == 220)
    let servers = try report.objects("servers")
    #expect(
      servers.map { $0["server"] as? String } == [
        "https://kf.example/KeyfactorAPI", "https://other.example/KeyfactorAPI",
      ])
    let failed = try servers.map {
      try $0.object("metrics").object("failureRates")["failed"] as? Int
    }
    #expect(failed == [0, 10])
  }

  @Test("Captions name no file that a merge does not have")
  func captions() async throws {
    let report = try await MergeCase([try await MergeCase.pack(days: 1...3)]).report()
    let alone = try report.objects("servers").map { try $0.object("metrics") }
    for metrics in try [report.object("metrics")] + alone {
      let captions = metrics.values.compactMap { ($0 as? [String: Any])?["caption"] as? String }
      #expect(captions.contains { $0.contains("the packs, column") })
      #expect(!captions.contains { $0.contains("instances.csv") })
    }
  }

  @Test("An open instance is watched until the as-of instant of its own pack")
  func censoring() async throws {
    var open = ModelRow(1, start: QuirkJob.from)
    open.status = "Running"
    var done = ModelRow(2, start: QuirkJob.from)
    done.lastModified = done.start + 2 * 86_400_000
    let early = try await MergeCase.pack([open]) { $0.options.asOf = "2026-10-02T00:00:00Z" }
    let late = try await MergeCase.pack([done]) { $0.options.server = "https://other.example" }
    let report = try await MergeCase([early, late]).report()
    let turnaround = try #require(try report.object("metrics").objects("turnaround").first)
    // After one day nobody watches the open one; of the other, all have ended after two.
    #expect(try turnaround.object("kaplanMeier")["p90"] as? Int == 2 * 86_400_000)
  }

  @Test("The order of the packs does not matter to a byte")
  func order() async throws {
    let packs = [
      try await MergeCase.pack(days: 1...12), try await MergeCase.pack(days: 10...20),
      try await MergeCase.pack { $0.options.server = "https://other.example" },
    ]
    let (one, other) = (try MergeCase(packs), try MergeCase(packs.reversed()))
    let command = "diff -r '\(try await one.merge())' '\(try await other.merge())'"
    try await TestProcess(shell: command, in: one.folder.path).succeed()
  }

  @Test("A damaged pack ends it, and nothing is written")
  func damage() async throws {
    let (good, bad) = (try await MergeCase.pack(), try await MergeCase.pack(days: 1...12))
    let page = try #require(try bad.files().first { $0.hasPrefix("evidence/pages/") })
    try bad.write([0x5B, 0x5D], to: page)
    let merge = try MergeCase([good, bad])
    let error = await #expect(throws: PackError.self) { try await merge.merge() }
    #expect(error?.exitStatus == .brokenData)
    #expect(error?.description.contains(page) == true)
    #expect(try merge.folder.names().isEmpty)
  }

  @Test("Settings that differ have to be given")
  func settings() async throws {
    let merge = try MergeCase([
      try await MergeCase.pack(days: 1...12),
      try await MergeCase.pack(days: 12...20) { $0.options.timeZone = "Europe/Berlin" },
    ])
    let error = await #expect(throws: MergeError.self) { try await merge.merge() }
    #expect(error?.exitStatus == .usage)
    #expect(error?.description.contains("--time-zone") == true)
    let report = try await merge.report { $0.timeZone = "UTC" }
    #expect(try report.object("cover").object("window")["timeZone"] as? String == "UTC")
  }

  @Test("The zone of a configuration wins over that of the packs, and an option over both")
  func zones() async throws {
    let merge = try MergeCase([
      try await MergeCase.pack(days: 1...12) { $0.options.timeZone = "Europe/Berlin" }
    ])
    try merge.folder.write("timeZone: Asia/Tokyo", to: "zone.yaml")
    try merge.folder.write("pageSize: 100", to: "other.yaml")
    let cases: [(config: String, option: String?, zone: String)] = [
      ("zone.yaml", nil, "Asia/Tokyo"), ("zone.yaml", "UTC", "UTC"),
      ("other.yaml", nil, "Europe/Berlin"),
    ]
    for (config, option, zone) in cases {
      let out = try await merge.merge(to: "\(config)-\(option ?? "none")") { options in
        options.config = merge.folder(config)
        options.timeZone = option
      }
      let window = try MergeCase.report(at: out).object("cover").object("window")
      #expect(window["timeZone"] as? String == zone, "\(config)")
    }
  }

  @Test("What has no meaning over several packs is refused")
  func refusals() async throws {
    let merge = try MergeCase([try await MergeCase.pack()])
    for change: (inout MergeRun.Options) -> Void in [
      { $0.format = "ndjson" }, { $0.metrics = "changes" }, { $0.metrics = "nonsense" },
    ] {
      let error = await #expect(throws: (any Error).self) { try await merge.merge(change) }
      #expect((error as? any AuditFailure)?.exitStatus == .usage)
    }
    let first = try await merge.merge()
    #expect(try merge.folder.names() == ["out"])
    let error = await #expect(throws: MergeError.self) { try await merge.merge() }
    #expect(error == .outputNotEmpty(path: first))
  }
}
