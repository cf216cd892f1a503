import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("A population beside an earlier pack")
struct PreviousPackTests {
  /// Runs a job again over other rows and another window.
  private func again(
    _ job: QuirkJob, _ rows: [ModelRow], from: String, to: String
  ) async throws -> QuirkJob {
    var job = job
    job.server = ModelServer(rows, now: QuirkJob.now)
    job.job.network = job.server.network
    job.job.options.from = from
    job.job.options.to = to
    _ = try await job.run()
    return job
  }

  private func firstNight() async throws -> QuirkJob {
    var job = try QuirkJob()
    job.job.options.to = "2026-10-10"
    _ = try await job.run()
    return job
  }

  @Test("F102: an instance of the earlier pack that is gone is named, with the pack that has it")
  func disappeared() async throws {
    let first = try await firstNight()
    let rows = QuirkJob.rows().filter { $0.referenceID != 105 }
    let job = try await again(first, rows, from: "2026-10-01", to: "2026-10-10")
    let findings = try job.findings()
    #expect(findings.contains("DISAPPEARED: 1 instances"))
    #expect(findings.contains("105"))
    #expect(findings.contains("2026-10-01_2026-10-10"))
    #expect(try job.disk().contains("2026-10-01_2026-10-10.r2"))
  }

  @Test("F103: time that neither pack covers is a gap, named by both its ends")
  func gap() async throws {
    let first = try await firstNight()
    let job = try await again(first, QuirkJob.rows(), from: "2026-10-11", to: "2026-10-20")
    let findings = try job.findings()
    #expect(findings.contains("GAP: "))
    #expect(findings.contains("2026-10-10T00:00:00.000Z"))
    #expect(findings.contains("2026-10-11T00:00:00.000Z"))
  }

  @Test("A night that follows the last one finds nothing")
  func nextNight() async throws {
    let first = try await firstNight()
    let job = try await again(first, QuirkJob.rows(), from: "2026-10-10", to: "2026-10-11")
    #expect(try job.findings().isEmpty)
  }

  @Test("A pack of another period is kept with its figures; one of another server is only followed")
  func otherPeriodOrServer() async throws {
    let first = try await firstNight()
    let named = first.job.folder("archive/2026-10-01_2026-10-10")
    var next = first
    next.job.options.previous = named
    next.job.options.from = "2026-10-20"
    next.job.options.to = "2026-10-21"
    let path = try await next.run().pack
    let kept = try JSONDocument.read(
      PreviousDocument.self, from: StoredFile.read("\(path)/\(PreviousDocument.path)", limit: .max))
    #expect(kept.name == "2026-10-01_2026-10-10")
    #expect(kept.rows.isEmpty, "none of its instances started in this period")
    #expect(kept.figures?.first { $0.figure == "population.instances" }?.value == 36)

    var other = first
    other.job.ask(server: "https://other.example")
    other.job.options.previous = named
    other.job.options.out = first.job.folder("other")
    let unlike = try await other.run().pack
    #expect(try StoredFile.kind(of: "\(unlike)/\(PreviousDocument.path)") == nil)
    let manifest = try JSONDocument.read(
      ManifestDocument.self, from: StoredFile.read("\(unlike)/manifest.json", limit: .max))
    #expect(manifest.previous?.path == "2026-10-01_2026-10-10")
  }

  @Test("An earlier pack that was named and is not there ends the run before the first question")
  func missing() async throws {
    var job = try QuirkJob()
    job.job.options.previous = job.job.folder("nowhere")
    let error = try await job.failure()
    #expect(error.exitStatus == .missingInput)
    #expect(error.description.contains("nowhere cannot be opened"))
    #expect(job.server.requests.isEmpty)
  }

  /// Changes a byte of the published rows.
  private func tamper(with job: QuirkJob) throws {
    let rows = job.job.folder("archive/2026-10-01_2026-10-10/instances.csv")
    var bytes = try Data(contentsOf: URL(filePath: rows))
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: URL(filePath: rows))
  }

  @Test(
    "F126: nothing follows a pack that was tampered with, whatever the window",
    arguments: ["2026-10-10", "2026-10-11"])
  func tampered(to: String) async throws {
    var job = try await firstNight()
    try tamper(with: job)
    let before = try job.disk()
    let asked = job.server.requests.count
    job.job.options.to = to
    let error = try await job.failure()
    #expect(error.exitStatus == .brokenData)
    for word in ["2026-10-01_2026-10-10", "instances.csv was changed: SHA-256 ", "--force"] {
      #expect(error.description.contains(word), "\(error)")
    }
    #expect(try job.disk() == before)
    #expect(job.server.requests.count == asked)
  }

  @Test("F126: when it is forced the same rows are published beside it, and the report says so")
  func forced() async throws {
    let first = try await firstNight()
    try tamper(with: first)
    let old = try first.job.folder.read("archive/2026-10-01_2026-10-10/instances.csv")
    var forced = first
    forced.job.options.force = true
    let job = try await again(forced, QuirkJob.rows(), from: "2026-10-01", to: "2026-10-10")
    #expect(
      try job.disk() == ["2026-10-01_2026-10-10", "2026-10-01_2026-10-10.r2", "latest"])
    #expect(try job.findings().contains("PREVIOUS_DAMAGED: "))
    #expect(try job.findings().contains("instances.csv was changed"))
    #expect(try first.job.folder.read("archive/2026-10-01_2026-10-10/instances.csv") == old)
  }

  @Test("F110, F111: an archive that cannot be written to ends the run before the first question")
  func refusedArchive() async throws {
    var job = try QuirkJob()
    try job.job.folder.write("", to: "file")
    for archive in ["/proc", job.job.folder("file")] {
      job.job.options.out = archive
      let error = try await job.failure()
      #expect(error.exitStatus == .outputRefused)
      #expect(error.description.contains(archive))
    }
    #expect(job.server.requests.isEmpty)
  }

  @Test("F162: an earlier pack that cannot be read is said to be unavailable")
  func unreadable() async throws {
    let first = try await firstNight()
    let manifest = first.job.folder("archive/2026-10-01_2026-10-10/manifest.json")
    try Data("{".utf8).write(to: URL(filePath: manifest))
    let job = try await again(first, QuirkJob.rows(), from: "2026-10-10", to: "2026-10-11")
    #expect(try job.findings().contains("PREVIOUS_UNAVAILABLE: "))
  }
}
