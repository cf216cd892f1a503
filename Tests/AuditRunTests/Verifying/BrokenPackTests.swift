import AuditEvidence
import AuditModel
import AuditPlan
import AuditReduce
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite(
  "Packs with broken documents", .slow,
  .sharing { try await PackCase.saved { $0.options.format = "json" }.job })
struct BrokenPackTests {
  /// What verify makes of a pack, as the command would.
  private func status(_ pack: PackCase) async throws -> AuditModel.ExitStatus {
    do {
      return try await pack.verify().exitStatus
    } catch let error as any AuditFailure {
      return error.exitStatus
    }
  }

  /// One byte flipped, taken out or put in.
  private func mutated(
    _ bytes: [UInt8], using random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.remove(at: place)
    default: bytes.insert(.random(in: 0...255, using: &random), at: place)
    }
    return bytes
  }

  @Test(
    "Any byte that is flipped, removed or inserted in any file gives a verdict, never an internal error"
  )
  func anyByte() async throws {
    let pack = try await PackCase.saved { $0.options.format = "json,ndjson" }
    var random = SeededGenerator(seed: 20)
    for file in try pack.files() {
      let sound = try pack.read(file)
      guard !sound.isEmpty else { continue }
      for _ in 0..<4 {
        try pack.write(mutated(sound, using: &random), to: file)
        #expect(try await status(pack) == .brokenData, "\(file)")
      }
      try pack.write(sound, to: file)
    }
    #expect(try await status(pack) == .complete)
  }

  @Test(
    "So it is where the digests were changed along with it",
    arguments: [
      "report.json", "evidence/inputs/options.json", "evidence/inputs/previous.json",
      "evidence/pages/page-001.json", "instances.ndjson", "manifest.json",
    ])
  func anyForgedByte(file: String) async throws {
    let first = try await PackCase.saved { $0.options.format = "json,ndjson" }
    let pack = try await PackCase.saved { job in
      job.options.format = "json,ndjson"
      job.options.previous = first.path
    }
    var random = SeededGenerator(seed: 21)
    let sound = try pack.read(file)
    for _ in 0..<8 {
      try pack.write(mutated(sound, using: &random), to: file)
      do {
        try pack.forgeDigests()
      } catch {
        // What cannot be forged is verified as it is.
      }
      #expect([.complete, .brokenData].contains(try await status(pack)), "\(file)")
    }
  }

  @Test(
    "Numbers that nothing can have are named, and nothing is computed with them",
    arguments: ["9223372036854775807", "-1", "-9223372036854775808", "1e300", "1.5"])
  func numbers(number: String) async throws {
    for (file, member) in [
      ("manifest.json", "\"instances\" : 120"), ("manifest.json", "\"rows\" : 120"),
      ("evidence/inputs/options.json", "\"requests\" : 0"),
      ("evidence/inputs/options.json", "\"openBefore\" : 0"),
      ("report.json", "\"instances\" : 120"),
    ] {
      let pack = try await SharedJob.pack()
      let name = member.split(separator: ":")[0]
      try pack.replace(member, with: "\(name): \(number)", in: file)
      do {
        try pack.forgeDigests()
      } catch is PackError {
        // Then the manifest cannot be read, which is what is to be found.
      }
      #expect(try await status(pack) == .brokenData, "\(file) \(member)")
    }
  }

  @Test("A report whose figures no number can hold is compared without a fault")
  func diff() async throws {
    let old = try await PackCase.saved { $0.options.format = "json,ndjson" }
    let new = try await PackCase.saved { $0.options.format = "json,ndjson" }
    try new.replace("\"instances\" : 120", with: "\"instances\" : 1e300", in: "report.json")
    try new.forgeDigests()
    _ = try await ComparedPack(at: old.path, workers: 1)
    #expect(
      try await ComparedPack(at: new.path, workers: 1).report.figures.allSatisfy {
        $0.value != 1e300
      })
  }

  @Test(
    "A file of 200 GB that takes no space is named and not read",
    arguments: [
      "manifest.json", "SHA256SUMS", "report.json", "evidence/journal.jsonl",
      "evidence/inputs/options.json", "evidence/pages/page-001.json",
    ])
  func sparse(file: String) async throws {
    let pack = try await SharedJob.pack()
    try await pack.run("truncate -s 200G \(file)")
    let found = try await pack.verify()
    #expect(found.exitStatus == .brokenData)
    #expect(found.discrepancies.contains { $0.path == file }, "\(found.table)")
  }

  @Test("A lock file of 200 GB that another run holds ends a run as any other does")
  func sparseLock() async throws {
    let pack = try await SharedJob.pack()
    try await pack.run("truncate -s 200G ../.kfaudit.lock")
    let lock = try OpenFile.forLocking(pack.job.folder("archive/.kfaudit.lock"))
    #expect(try lock.lock())
    #expect(try await pack.job.failure().exitStatus == .tryLater)
    lock.unlock()
  }

  @Test("A manifest that is a link, a pipe or a folder is a discrepancy")
  func oddManifest() async throws {
    for command in ["ln -sf report.json manifest.json", "rm manifest.json && mkfifo manifest.json"]
    {
      let pack = try await SharedJob.pack()
      try await pack.run(command)
      #expect(try await status(pack) == .brokenData)
    }
  }

  @Test("A listed file under evidence that no run writes is found")
  func invented() async throws {
    for file in ["evidence/approval.txt", "evidence/inputs/notes.md", "evidence/pages/x/1.json"] {
      let pack = try await SharedJob.pack()
      try await pack.run("mkdir -p evidence/pages/x && echo x >\(file)")
      var manifest = try PublishedPack(at: pack.path).manifest
      manifest.files.append(
        .init(FileRecord(path: file, bytes: 2, digest: .zero, mediaType: "text/plain")))
      manifest.files.sort { $0.path < $1.path }
      try pack.write(manifest.encoded(), to: "manifest.json")
      try pack.forgeDigests()
      let found = try await pack.verify(digestsOnly: true)
      #expect(found.exitStatus == .brokenData, "\(found.table)")
      #expect(found.table.contains(file))
    }
  }

  @Test("A pack whose folder has the name of another window was renamed; a copy may have any name")
  func renamed() async throws {
    let pack = try await SharedJob.pack()
    let settings = try PackCase.settings(digestsOnly: true)
    let name = try #require(PublishedPack(at: pack.path).manifest.window.packName)
    for (other, isSound) in [
      ("2031-01-01_2031-02-01", false), ("\(name).INCOMPLETE", false), ("\(name).r1", false),
      ("\(name).r02", false), ("\(name).r2", true), ("copy for the auditor", true),
    ] {
      let path = pack.job.folder("archive/\(other)")
      try FileManager.default.copyItem(atPath: pack.path, toPath: path)
      let found = try await PackVerifier(pack: path, settings: settings).run()
      #expect(found.isIntact == isSound, "\(found.table)")
    }
  }
}
