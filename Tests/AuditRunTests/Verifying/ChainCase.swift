import AuditEvidence
import AuditModel
import Foundation

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

/// What is done to an archive of several nights.
struct ChainCase {
  /// An archive of four nights.
  func archive() async throws -> MainJob {
    var job = try await PackCase.saved().job
    try FileManager.default.removeItem(atPath: job.folder("archive"))
    job.options.format = "json"
    for day in 10...13 { try await run(&job, night: day) }
    return job
  }

  /// Runs a job over a night.
  @discardableResult
  func run(_ job: inout MainJob, night day: Int) async throws -> AuditResult {
    job.options.from = "2026-07-\(day < 10 ? "0" : "")\(day)"
    job.options.to = "2026-07-\(day < 9 ? "0" : "")\(day + 1)"
    return try await job.run()
  }

  func verify(
    _ job: MainJob, after removed: String? = nil
  ) async throws -> (status: AuditModel.ExitStatus, text: String) {
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: true, after: removed))
      .chain(job.folder("archive"))
    return (answer.exitStatus, answer.table)
  }

  func name(_ day: Int) -> String {
    "archive/2026-07-\(day < 10 ? "0" : "")\(day)_2026-07-\(day + 1)"
  }

  /// The pack that the one that latest points at follows.
  func previous(_ job: MainJob) throws -> String? {
    try PublishedPack(at: job.folder("archive/latest")).manifest.previous?.path
  }

  /// Removes a night as retention would, and returns the digest of its manifest.
  func remove(_ day: Int, from job: MainJob) throws -> String {
    let digest = try PublishedPack(at: job.folder(name(day))).manifestDigest.hexadecimal
    try FileManager.default.removeItem(atPath: job.folder(name(day)))
    return digest
  }
}
