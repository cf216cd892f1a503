import AuditEvidence
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

  private func verify(
    _ job: MainJob, after removed: String? = nil
  ) async throws -> (status: AuditModel.ExitStatus, text: String) {
    let answer = try await VerifyRun(PackCase.settings(digestsOnly: true, after: removed))
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

  /// Removes a night as retention would, and returns the digest of its manifest.
  private func remove(_ day: Int, from job: MainJob) throws -> String {
    let digest = try PublishedPack(at: job.folder(name(day))).manifestDigest.hexadecimal
    try FileManager.default.removeItem(atPath: job.folder(name(day)))
    return digest
  }

  @Test("Nights that retention removed are no discrepancy when the last one's digest is given")
  func retention() async throws {
    let job = try await archive()
    let first = try remove(10, from: job)
    let second = try remove(11, from: job)
    let (status, text) = try await verify(job, after: second.uppercased())
    #expect(status == .complete, "\(text)")
    #expect(text.contains("2 packs, each naming the digest of the one before"))

    let untold = try await verify(job)
    #expect(untold.status == .brokenData)
    #expect(untold.text.contains("2026-07-11_2026-07-12 of manifest \(second), which is missing; "))
    #expect(untold.text.contains("give --after the digest that the record of its removal holds."))

    let wrong = try await verify(job, after: first)
    #expect(wrong.status == .brokenData)
    #expect(
      wrong.text.contains(
        "- 2026-07-12_2026-07-13: the oldest pack does not follow the manifest \(first) that --after names."
      ))
    #expect(wrong.text.contains("which is missing; "))
  }

  @Test("A night that retention removed may be published once more, after the newest")
  func publishedAgain() async throws {
    var job = try await archive()
    let digest = try remove(10, from: job)
    job.options.from = "2026-07-10"
    job.options.to = "2026-07-11"
    #expect(try await job.run().pack.hasSuffix("/2026-07-10_2026-07-11"))
    #expect(try await verify(job, after: digest).status == .complete)
  }

  @Test("What retention removed excuses no gap, no earlier pack and no end of the chain")
  func beyondRetention() async throws {
    let gap = try await archive()
    let oldest = try remove(10, from: gap)
    _ = try remove(12, from: gap)
    let (status, text) = try await verify(gap, after: oldest)
    #expect(status == .brokenData)
    #expect(text.contains("- 2026-07-13_2026-07-14: it follows 2026-07-12_2026-07-13 of manifest "))
    #expect(text.contains("which is missing.\n") && !text.contains("2026-07-11_2026-07-12: it"))

    let whole = try await archive()
    let present = try PublishedPack(at: whole.folder(name(10))).manifestDigest.hexadecimal
    let early = try await verify(whole, after: present)
    #expect(early.status == .brokenData)
    #expect(early.text.contains("- 2026-07-10_2026-07-11: the oldest pack does not follow "))

    let emptied = try await archive()
    var last = ""
    for day in 10...13 { last = try remove(day, from: emptied) }
    for removed in [last, nil] {
      let error = await #expect(throws: PackError.self) {
        try await verify(emptied, after: removed)
      }
      #expect(error?.exitStatus == .brokenData)
      #expect(error?.description.contains("holds no pack, so there is no chain") == true)
    }
  }

  @Test("A pack that begins a chain of its own is no oldest pack after a retention")
  func exchangedOldest() async throws {
    let job = try await archive()
    let digest = try remove(10, from: job)
    var fresh = job
    fresh.options.out = job.folder("fresh")
    fresh.options.from = "2026-07-09"
    fresh.options.to = "2026-07-10"
    _ = try await fresh.run()
    try FileManager.default.moveItem(
      atPath: job.folder("fresh/2026-07-09_2026-07-10"), toPath: job.folder(name(9)))
    let (status, text) = try await verify(job, after: digest)
    #expect(status == .brokenData)
    #expect(text.contains("the first is 2026-07-11_2026-07-12: the chain was restarted"))
  }

  @Test("--after that is no digest is a mistake of the command line", arguments: ["", "12", "g"])
  func noDigest(text: String) throws {
    #expect {
      try PackCase.settings(digestsOnly: true, after: text)
    } throws: {
      ($0 as? PlanError)?.exitStatus == .usage && "\($0)".contains("--after")
    }
  }
}
