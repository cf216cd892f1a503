import AuditEvidence
import AuditModel
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("Chains after retention", .sharing { try await ChainCase().archive() })
struct RetentionTests {
  private let chain = ChainCase()

  @Test("Nights that retention removed are no discrepancy when the last one's digest is given")
  func retention() async throws {
    let job = try await SharedJob.copy()
    let first = try chain.remove(10, from: job)
    let second = try chain.remove(11, from: job)
    let (status, text) = try await chain.verify(job, after: second.uppercased())
    #expect(status == .complete, "\(text)")
    #expect(text.contains("2 packs, each naming the digest of the one before"))

    let untold = try await chain.verify(job)
    #expect(untold.status == .brokenData)
    #expect(untold.text.contains("2026-07-11_2026-07-12 of manifest \(second), which is missing; "))
    #expect(untold.text.contains("give --after the digest that the record of its removal holds."))

    let wrong = try await chain.verify(job, after: first)
    #expect(wrong.status == .brokenData)
    #expect(
      wrong.text.contains(
        "- 2026-07-12_2026-07-13: the oldest pack does not follow the manifest \(first) of --after."
      ))
    #expect(wrong.text.contains("which is missing; "))
  }

  @Test("A night that retention removed may be published once more, after the newest")
  func publishedAgain() async throws {
    var job = try await SharedJob.copy()
    let digest = try chain.remove(10, from: job)
    let result = try await chain.run(&job, night: 10)
    #expect(result.pack.hasSuffix("/2026-07-10_2026-07-11"))
    #expect(try await chain.verify(job, after: digest).status == .complete)
  }

  @Test("What retention removed excuses no gap, no earlier pack and no end of the chain")
  func beyondRetention() async throws {
    let gap = try await SharedJob.copy()
    let oldest = try chain.remove(10, from: gap)
    _ = try chain.remove(12, from: gap)
    let (status, text) = try await chain.verify(gap, after: oldest)
    #expect(status == .brokenData)
    #expect(text.contains("- 2026-07-13_2026-07-14: it follows 2026-07-12_2026-07-13 of manifest "))
    #expect(text.contains("which is missing.\n") && !text.contains("2026-07-11_2026-07-12: it"))

    let whole = try await SharedJob.copy()
    let present = try PublishedPack(at: whole.folder(chain.name(10))).manifestDigest.hexadecimal
    let early = try await chain.verify(whole, after: present)
    #expect(early.status == .brokenData)
    #expect(early.text.contains("- 2026-07-10_2026-07-11: the oldest pack does not follow "))

    let emptied = try await SharedJob.copy()
    var last = ""
    for day in 10...13 { last = try chain.remove(day, from: emptied) }
    for removed in [last, nil] {
      let error = await #expect(throws: PackError.self) {
        try await chain.verify(emptied, after: removed)
      }
      #expect(error?.exitStatus == .brokenData)
      #expect(error?.description.contains("contains no pack, so there is no chain") == true)
    }
  }

  @Test("A pack that begins a chain of its own is no oldest pack after a retention")
  func exchangedOldest() async throws {
    let job = try await SharedJob.copy()
    let digest = try chain.remove(10, from: job)
    var fresh = job
    fresh.options.out = job.folder("fresh")
    try await chain.run(&fresh, night: 9)
    try FileManager.default.moveItem(
      atPath: job.folder("fresh/2026-07-09_2026-07-10"), toPath: job.folder(chain.name(9)))
    let (status, text) = try await chain.verify(job, after: digest)
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
