import AuditEvidence
import Testing

@Suite("F164: VERIFY.txt of a pack that is signed or stamped")
struct SignedVerifyTextTests {
  /// Keys of all kinds, and an authority for time-stamps.
  private func keys() throws -> KeyFolder {
    let keys = try KeyFolder()
    try keys.issue("ec")
    try keys.issue("rsa", key: "RSA:2048")
    try keys.openSSH("ssh")
    try keys.issue("tsa", extensions: KeyFolder.timeStamping)
    try keys.must("echo \"audit@example.com,second $(cat ssh.pub)\" >allowed")
    return keys
  }

  /// Runs VERIFY.txt with the trust anchors of a folder.
  private func verify(_ pack: SmallPack, trusting keys: KeyFolder) throws -> ShellFolder.Answer {
    try pack.run(
      "CA_FILE=\(keys.path("ca.pem")) ALLOWED_SIGNERS=\(keys.path("allowed")) sh VERIFY.txt")
  }

  @Test(
    "A sound pack is accepted, with the anchors and without", arguments: ["ec", "rsa", "ssh", nil],
    [nil, "tsa"])
  func sound(signer: String?, authority: String?) throws {
    let keys = try keys()
    let pack = try SmallPack(keys: keys, signer: signer, authority: authority)
    let alone = try pack.verify()
    #expect(alone.status == 0, "\(alone.text)")
    #expect(alone.text.contains("This pack is what was published."))
    #expect(alone.text.contains("is not established") == (signer != nil))
    #expect(alone.text.contains("Time-stamp: ") == (authority != nil))
    let trusted = try verify(pack, trusting: keys)
    #expect(trusted.status == 0, "\(trusted.text)")
    #expect(!trusted.text.contains("is not established"))
    if let signer {
      let name = signer == "ssh" ? "Signer: SHA256:" : "Signer: subject=CN=\(signer),O=Test"
      #expect(trusted.text.contains(name), "\(trusted.text)")
    }
  }

  @Test(
    "F155: whatever is changed is found",
    arguments: [
      ("ec", "sed -i '2s/A/B/;2s/a/b/' SHA256SUMS.p7s"), ("ec", "rm SHA256SUMS.p7s"),
      ("ec", ": >SHA256SUMS.p7s"), ("ec", "touch SHA256SUMS.sig"), ("ssh", "rm SHA256SUMS.sig"),
      ("ssh", "sed -i '3s/A/B/;3s/a/b/;4s/a/b/;4s/c/d/' SHA256SUMS.sig"),
      ("rsa", "sort -r -o SHA256SUMS SHA256SUMS"),
      ("ssh", "sort -r -o SHA256SUMS SHA256SUMS"),
    ])
  func changed(signer: String, command: String) throws {
    let pack = try SmallPack(keys: keys(), signer: signer)
    #expect(try pack.run(command).status == 0)
    let answer = try pack.verify()
    #expect(answer.status != 0 && answer.text.contains("FAULT"), "\(answer.text)")
  }

  @Test(
    "F155: a pack that somebody else signed anew is not the manifest's", arguments: ["ec", "ssh"])
  func forged(signer: String) throws {
    let keys = try keys()
    let others = try self.keys()
    let pack = try SmallPack(keys: keys, signer: signer)
    let signature = try others.signer(signer)
    try pack.write(try signature.sign(pack.read("SHA256SUMS")), to: signature.signer.kind.fileName)
    let answer = try pack.verify()
    #expect(answer.status != 0 && answer.text.contains("manifest.json names"), "\(answer.text)")
  }

  @Test(
    "F157: anchors that do not cover the signer or the authority", arguments: ["ec", "ssh", nil])
  func unknown(signer: String?) throws {
    let keys = try keys()
    let pack = try SmallPack(keys: keys, signer: signer, authority: "tsa")
    let answer = try verify(pack, trusting: self.keys())
    #expect(
      answer.status != 0 && answer.text.contains("vouches for the time-stamp"), "\(answer.text)")
    let who =
      signer.map { $0 == "ssh" ? "does not allow the key" : "vouches for the signer" } ?? ""
    #expect(answer.text.contains(who), "\(answer.text)")
  }

  @Test("A time-stamp over something else is found, and one that never came is said")
  func timestamps() throws {
    let keys = try keys()
    let pack = try SmallPack(keys: keys, signer: "ec", authority: "tsa")
    let other = try SmallPack(keys: keys, signer: "ssh", authority: "tsa")
    try pack.write(try other.read("SHA256SUMS.tsr"), to: "SHA256SUMS.tsr")
    #expect(try pack.verify().text.contains("over something else"))
    try pack.run("rm SHA256SUMS.tsr")
    let answer = try pack.verify()
    #expect(answer.status == 0 && answer.text.contains("There is no time-stamp."))
  }
}
