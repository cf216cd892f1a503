import AuditEvidence
import Foundation
import Testing

@Suite("VERIFY.txt")
struct VerifyTextTests {
  @Test("Its commands accept a pack as it was published, and name the digest of SHA256SUMS")
  func sound() async throws {
    let pack = try await SmallPack()
    let answer = try await pack.verify()
    let digest = Digest.of(try pack.read("SHA256SUMS"))
    #expect(
      answer.text
        == "CONSISTENT: the files fit together; the pack is not signed. SHA256SUMS: \(digest)\n")
    #expect(answer.status == 0)
  }

  @Test("sha256sum accepts SHA256SUMS by itself")
  func checksums() async throws {
    let answer = try await SmallPack().run("sha256sum --check --strict --quiet SHA256SUMS")
    #expect(answer.status == 0 && answer.text.isEmpty)
  }

  @Test("F153: a flipped byte of any listed file is found")
  func flippedByte() async throws {
    let pack = try await SmallPack()
    for path in try pack.paths where path != "SHA256SUMS" && path != "VERIFY.txt" {
      let sound = try pack.read(path)
      var flipped = sound
      flipped[sound.count / 2] ^= 1
      try pack.write(flipped, to: path)
      let answer = try await pack.verify()
      #expect(answer.status != 0 && answer.text.contains("\(path): FAILED"), "\(path)")
      try pack.write(sound, to: path)
    }
    #expect(try await pack.verify().status == 0)
  }

  @Test(
    "F154: a file removed, added, renamed or made a link is found",
    arguments: [
      "rm evidence/pages/1.json", "touch evidence/pages/3.json", "mv manifest.json Manifest.json",
      "cp manifest.json copy && ln -sf copy manifest.json", "mkfifo pipe", "touch 'a\nb'",
      "echo 0 >.hidden", "rm SHA256SUMS", "touch SHA256SUMS.p7s",
      "printf '%064d  ../outside\\n' 0 >>SHA256SUMS", "sed -i 's/^./g/' SHA256SUMS",
    ])
  func astray(command: String) async throws {
    let pack = try await SmallPack()
    #expect(try await pack.run(command).status == 0)
    #expect(try await pack.verify().status != 0)
  }

  @Test(
    "A journal or page exchanged together with its digest is found by the chain",
    arguments: [
      "sed -i 1d evidence/journal.jsonl", "sed -i '$d' evidence/journal.jsonl",
      "sed -i 's/\"rows\":1/\"rows\":2/' evidence/journal.jsonl",
      "echo '[]' >evidence/pages/1.json", "echo '[]' | gzip >evidence/pages/2.json.gz",
      "printf x >>evidence/journal.jsonl", ": >evidence/journal.jsonl",
    ])
  func forged(command: String) async throws {
    let pack = try await SmallPack()
    #expect(try await pack.run(command).status == 0)
    try pack.forgeChecksums()
    let answer = try await pack.verify()
    #expect(answer.status != 0 && answer.text.contains("FAULT"), "\(answer.text)")
  }
}
