import AuditModel
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

  @Test("An earlier pack that was named and is not there ends the run before the first question")
  func missing() async throws {
    var job = try QuirkJob()
    job.job.options.previous = job.job.folder("nowhere")
    let error = try await job.failure()
    #expect(error.exitStatus == .missingInput)
    #expect(error.description.contains("nowhere/manifest.json"))
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
