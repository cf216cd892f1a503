import AuditEvidence
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Packs that somebody has changed", .slow, .sharing { try await PackCase.saved().job })
struct TamperingTests {
  @Test("F153: every flipped byte is found, wherever it lies", .slow)
  func flippedBytes() async throws {
    let pack = try await SharedJob.pack()
    var random = SeededGenerator(seed: 153)
    var flips = 0
    for file in try pack.files() {
      let sound = try pack.read(file)
      guard !sound.isEmpty else { continue }
      for _ in 0..<17 {
        var flipped = sound
        flipped[Int.random(in: sound.indices, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
        try pack.write(flipped, to: file)
        let found = try await pack.verify(digestsOnly: true)
        #expect(
          found.discrepancies.contains { $0.path == file || file == Checksums.name }, "\(file)")
        flips += 1
      }
      try pack.write(sound, to: file)
    }
    #expect(flips >= 500)
    #expect(try await pack.verify().isIntact)
  }

  @Test(
    "F154: what was deleted, added, renamed, duplicated, rewritten or respelt is found and named",
    arguments: [
      ("rm report.html", "report.html"), ("touch extra", "extra"), ("mkdir -p a/b", "a"),
      ("mv report.json Report.json", "Report.json"), ("cp report.json copy.json", "copy.json"),
      ("sed -i 's/\r$//' instances.csv", "instances.csv"),
      ("sed -i 's/$/\r/' SHA256SUMS", "report.html"), ("rm SHA256SUMS", "SHA256SUMS"),
      ("rm manifest.json", "manifest.json"), ("touch SHA256SUMS.p7s", "SHA256SUMS.p7s"),
      ("rm -r evidence", "evidence/journal.jsonl"),
      (": > evidence/journal.jsonl", "evidence/journal.jsonl"),
      ("rm evidence/pages/page-001.json", "evidence/pages/page-001.json"),
      ("sed -i 1d SHA256SUMS", "README.txt"), ("sed -i 'p;1d' SHA256SUMS", "SHA256SUMS"),
      ("echo {} > manifest.json", "manifest.json"),
    ])
  func astray(command: String, file: String) async throws {
    let pack = try await SharedJob.pack()
    try await pack.run(command)
    do {
      let found = try await pack.verify()
      #expect(found.discrepancies.contains { $0.path == file }, "\(found.table)")
    } catch let error as PackError {
      #expect(file == "manifest.json" && error.exitStatus == .brokenData)
    }
  }

  @Test(
    "F163: links, pipes, paths that lead out and sparse files are named, and nothing outside is read",
    arguments: [
      ("ln -sf /etc/passwd report.html", "report.html"), ("ln -s /tmp folder", "folder"),
      ("rm report.html && mkfifo report.html", "report.html"), ("mkfifo pipe", "pipe"),
      ("printf '%064d  ../outside\n' 0 >> SHA256SUMS", "../outside"),
      ("printf '%064d  /etc/passwd\n' 0 >> SHA256SUMS", "/etc/passwd"),
      ("truncate -s 10G report.html", "report.html"),
      ("rm -r tables && ln -s /etc tables", "tables"),
    ])
  func hostile(command: String, file: String) async throws {
    let pack = try await SharedJob.pack()
    try await pack.run(command)
    let found = try await pack.verify()
    #expect(found.discrepancies.contains { $0.path == file }, "\(found.table)")
  }

  @Test("Two spellings of an accent are two files, and one does not hide the other")
  func spellings() async throws {
    let folder = try TemporaryFolder()
    let listed = "caf\u{E9}"
    for name in [listed, "cafe\u{301}"] { try folder.write("x", to: name) }
    let record = FileRecord(
      path: listed, bytes: 1, digest: Digest.of(Array("x".utf8)), mediaType: "text/plain")
    try folder.write(
      String(decoding: Checksums.of([record]), as: UTF8.self), to: Checksums.name)
    let found = try await FileCheck(files: .folder(folder.path), workers: 1).run(nil).discrepancies
    #expect(found.map(\.code) == ["unlisted"])
    #expect(found.map { Array($0.path.utf8) } == [Array("cafe\u{301}".utf8)])
  }

  @Test("A lie whose digests were changed along with it is found in every file that is made")
  func consistentLies() async throws {
    let pack = try await PackCase.saved { $0.options.format = "csv,json,ndjson,html" }
    let made = try pack.files().filter { file in
      !file.hasPrefix("evidence/") && !["manifest.json", Checksums.name].contains(file)
    }
    for file in made {
      let sound = try pack.read(file)
      var lie = sound
      guard let digit = lie.lastIndex(where: { 0x31...0x38 ~= $0 }) ?? lie.indices.last else {
        lie.append(0x31)
        continue
      }
      lie[digit] += 1
      try pack.write(lie, to: file)
      try pack.forgeDigests()
      #expect(try await pack.verify(digestsOnly: true).isIntact)
      let found = try await pack.verify()
      #expect(found.discrepancies.map(\.code).contains("recomputed"), "\(file)")
      #expect(found.discrepancies.contains { $0.path == file }, "\(found.table)")
      try pack.write(sound, to: file)
    }
    try pack.forgeDigests()
    #expect(try await pack.verify().isIntact)
  }

  @Test(
    "A lie in what the pack says of itself is found too",
    arguments: [
      ("manifest.json", "\"verdict\" : \"unproved\"", "\"verdict\" : \"proved\""),
      ("manifest.json", "\"instances\" : 120", "\"instances\" : 119"),
      ("evidence/inputs/options.json", "\"timeZone\" : \"UTC\"", "\"timeZone\" : \"Asia/Tokyo\""),
      ("evidence/inputs/options.json", "\"verdict\" : \"unproved\"", "\"verdict\" : \"proved\""),
      ("evidence/inputs/options.json", "\"requests\" : 0", "\"requests\" : 7"),
      ("evidence/pages/page-001.json", "\"Complete\"", "\"Failed\""),
      ("evidence/pages/page-003.json", "Failed", "Complete"),
    ])
  func aboutItself(file: String, old: String, new: String) async throws {
    let pack = try await SharedJob.pack()
    try pack.replace(old, with: new, in: file)
    try pack.forgeDigests()
    let found = try await pack.verify()
    #expect(
      found.discrepancies.map(\.code).contains { ["recomputed", "unevidenced"].contains($0) })
  }

  @Test("A server's pack that leaves out a page, or calls unequal reads proved, is found")
  func unevidenced() async throws {
    let omitting = try await PackCase.server()
    let journal = Journal.reading(try omitting.read(Journal.path)).entries
    let page = try #require(journal.first { $0.purpose == "read 1" && $0.rows > 0 }?.file)
    try omitting.replace("      \"\(page)\",\n", with: "", in: OptionsDocument.path)
    try omitting.forgeDigests()
    #expect(
      try await omitting.verify().discrepancies.map(\.description).joined().contains(
        "\(page) was read, but is not in the report."))

    let unequal = try await PackCase.server()
    let text = String(decoding: try unequal.read(Journal.path), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let pages = Set(journal.filter { $0.rows > 0 && $0.purpose == "read 1" }.map(\.file)).sorted()
    let changed = lines.map { line in
      line.contains("\"read 2\"") ? line.replacing(pages[0], with: pages[1]) : line
    }
    try unequal.write(Array((changed.joined(separator: "\n") + "\n").utf8), to: Journal.path)
    try unequal.forgeDigests()
    #expect(
      try await unequal.verify().discrepancies.map(\.code).contains("unevidenced"))
  }

  @Test("A line of the journal that names no page of the pack is found, and nothing is read for it")
  func noPage() async throws {
    for file in ["../../../../../../etc/passwd", "evidence/pages/page-009.json"] {
      let pack = try await PackCase.saved { $0.options.format = "json" }
      let text = String(decoding: try pack.read(Journal.path), as: UTF8.self)
      try pack.write(
        Array(text.replacing("evidence/pages/page-003.json", with: file).utf8), to: Journal.path)
      let found = try await pack.verify(digestsOnly: true)
      #expect(
        found.discrepancies.contains {
          if case .journal(3, let reason) = $0 {
            reason.contains("its page is not there")
          } else {
            false
          }
        }, "\(found.table)")
    }
  }
}
