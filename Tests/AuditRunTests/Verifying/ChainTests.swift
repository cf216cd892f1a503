import AuditModel
import Foundation
import Testing

@testable import AuditRun

@Suite("Chains of packs")
struct ChainTests {
  /// An archive of four nights.
  private func archive() async throws -> MainJob {
    var job = try await PackCase.saved().job
    try FileManager.default.removeItem(atPath: job.folder("archive"))
    job.options.format = "json"
    for day in 10...13 {
      job.options.from = "2026-07-\(day)"
      job.options.to = "2026-07-\(day + 1)"
      _ = try await job.run()
    }
    return job
  }

  private func verify(_ job: MainJob) async throws -> (status: AuditModel.ExitStatus, text: String)
  {
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: true))
      .chain(job.folder("archive"))
    return (answer.exitStatus, answer.table)
  }

  private func name(_ day: Int) -> String { "archive/2026-07-\(day)_2026-07-\(day + 1)" }

  @Test("Each night names the digest of the one before, and a re-run follows them all")
  func sound() async throws {
    var job = try await archive()
    #expect(try await verify(job).status == .complete)
    job.options.from = "2026-07-10"
    job.options.to = "2026-07-11"
    job.options.format = "json,csv"
    #expect(try await job.run().pack.hasSuffix(".r2"))
    let (status, text) = try await verify(job)
    #expect(status == .complete)
    #expect(text.contains("5 packs, each naming the digest of the one before"))
  }

  @Test("F161: a night that was removed is named with the digest that was expected")
  func removed() async throws {
    let job = try await archive()
    let manifest = try PublishedPack(at: job.folder(name(11)))
    try FileManager.default.removeItem(atPath: job.folder(name(11)))
    let (status, text) = try await verify(job)
    #expect(status == .brokenData)
    #expect(
      text.contains(
        "2026-07-12_2026-07-13: it follows 2026-07-11_2026-07-12 of manifest \(manifest.manifestDigest), "
          + "which is missing"))
  }

  @Test("F161: nights that were swapped, replaced or restarted are named")
  func swapped() async throws {
    let job = try await archive()
    let files = FileManager.default
    try files.moveItem(atPath: job.folder(name(11)), toPath: job.folder("aside"))
    try files.moveItem(atPath: job.folder(name(12)), toPath: job.folder(name(11)))
    try files.moveItem(atPath: job.folder("aside"), toPath: job.folder(name(12)))
    let swapped = try await verify(job)
    #expect(swapped.status == .brokenData)
    #expect(swapped.text.contains("packs were renamed or swapped"))

    var other = try await archive()
    try files.removeItem(atPath: other.folder(name(12)))
    other.options.from = "2026-07-12"
    other.options.to = "2026-07-13"
    other.options.format = "json,csv"
    _ = try await other.run()
    let replaced = try await verify(other)
    #expect(replaced.status == .brokenData)
    #expect(replaced.text.contains("the pack was replaced"))

    let restarted = try await archive()
    try files.removeItem(atPath: restarted.folder(name(13)))
    var fresh = restarted
    fresh.options.out = restarted.folder("fresh")
    fresh.options.from = "2026-07-13"
    fresh.options.to = "2026-07-14"
    _ = try await fresh.run()
    try files.moveItem(
      atPath: restarted.folder("fresh/2026-07-13_2026-07-14"), toPath: restarted.folder(name(13)))
    let answer = try await verify(restarted)
    #expect(answer.status == .brokenData)
    #expect(answer.text.contains("the chain was restarted"))
  }

  @Test("A run that ended before it could point latest at its pack breaks no chain")
  func endedBetween() async throws {
    var job = try await archive()
    let latest = job.folder("archive/latest")
    try FileManager.default.removeItem(atPath: latest)
    try FileManager.default.createSymbolicLink(
      atPath: latest, withDestinationPath: "2026-07-12_2026-07-13")
    job.options.from = "2026-07-14"
    job.options.to = "2026-07-15"
    _ = try await job.run()
    #expect(try await verify(job).status == .complete)
  }

  @Test("F162: an earlier pack that cannot be read is a finding, and the run goes on")
  func unreadable() async throws {
    var job = try await archive()
    try job.folder.write("{", to: "archive/latest/manifest.json")
    job.options.from = "2026-07-14"
    job.options.to = "2026-07-15"
    #expect(try await job.run().verdict == .unproved)
    let completeness = String(decoding: try job.report("completeness"), as: UTF8.self)
    #expect(completeness.contains("PREVIOUS_UNAVAILABLE"))
    #expect(
      completeness.contains("archive\\/2026-07-13_2026-07-14")
        || completeness.contains("2026-07-13"))
    #expect(try await verify(job).status == .brokenData)
  }
}
