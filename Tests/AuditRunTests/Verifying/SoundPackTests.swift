import AuditEvidence
import AuditModel
import AuditPlan
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Packs that are as they were published")
struct SoundPackTests {
  private func expectIntact(_ pack: PackCase) async throws {
    let found = try await pack.verify()
    #expect(found.discrepancies.isEmpty, "\(found.table)")
    #expect(found.checks.first { $0.name == "re-performance" }?.result == .passed)
  }

  @Test("A pack of saved pages is computed again to the byte")
  func saved() async throws { try await expectIntact(try await .saved()) }

  @Test("So is one in all formats, with a byte order mark, a configuration and metrics of its own")
  func everything() async throws {
    try await expectIntact(
      try await .saved { job in
        try job.configure(
          "timeZone: Europe/Berlin\ncalendar:\n  hours:\n    Monday: [\"08:00-17:00\"]\n"
            + "statusMap:\n  7: Failed\n")
        job.options.format = "csv,json,ndjson,html,xlsx"
        job.options.excel = true
        job.options.metrics = "population,turnaround,offHours,trend"
      })
  }

  @Test("So is one without an as-of instant, or with a window of its own, or with its own template")
  func inputs() async throws {
    try await expectIntact(try await .saved { $0.options.asOf = nil })
    try await expectIntact(
      try await .saved { job in
        job.options.from = "2026-07-10"
        job.options.to = "2026-08-01T12:00:00+02:00"
        job.options.timeZone = "Asia/Kathmandu"
      })
    try await expectIntact(
      try await .saved { job in
        try TemplateExport.write(.report, to: job.folder("template"))
        job.options.template = job.folder("template")
        job.options.format = "html"
      })
  }

  @Test("So is a server's, proved, with changes, and compared with the pack before")
  func server() async throws {
    let first = try await PackCase.server()
    try await expectIntact(first)
    let second = try await PackCase.server { job in
      job.server = .init(
        QuirkJob.rows(100), now: QuirkJob.now)
      job.job.network = job.server.network
      job.job.options.previous = first.path
    }
    try await expectIntact(second)
    #expect(try await second.verify().checks.map(\.name).contains("journal"))
  }

  @Test("A pack of another version is compared by its figures, and the versions are told")
  func otherVersion() async throws {
    let pack = try await PackCase.saved()
    try pack.replace(
      "\"toolVersion\" : \"\(ToolVersion.current)\"", with: "\"toolVersion\" : \"0.0.1\"",
      in: "manifest.json")
    try pack.forgeDigests()
    let found = try await pack.verify()
    #expect(found.isIntact, "\(found.table)")
    #expect(found.table.contains("made by version 0.0.1, verified by \(ToolVersion.current)"))
    try pack.replace("\"instances\" : 120", with: "\"instances\" : 121", in: "report.json")
    try pack.forgeDigests()
    #expect(
      try await pack.verify().discrepancies.map(\.description).joined().contains(
        "metrics.population.instances"))
  }

  @Test("latest leads to a pack, and what is no pack is said to be none")
  func paths() async throws {
    let pack = try await PackCase.saved()
    let settings = try PackCase.settings(digestsOnly: true)
    let latest = PackVerifier(pack: pack.job.folder("archive/latest"), settings: settings)
    #expect(try await latest.run().isIntact)
    for (path, status) in [
      ("archive", AuditModel.ExitStatus.brokenData), ("nowhere", .missingInput),
    ] {
      let verifier = PackVerifier(pack: pack.job.folder(path), settings: settings)
      do {
        let found = try await verifier.run()
        #expect(!found.isIntact && path == "archive")
      } catch let error as PackError {
        #expect(error.exitStatus == status)
      }
    }
  }
}
