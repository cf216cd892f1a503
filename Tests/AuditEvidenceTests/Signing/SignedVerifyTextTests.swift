import AuditEvidence
import TestSupport
import Testing

@Suite("F164: VERIFY.txt of a pack that is signed or stamped", .slow, .sharedKeys)
struct SignedVerifyTextTests {
  /// Runs VERIFY.txt with the trust anchors of a folder.
  private func verify(_ pack: SmallPack, trusting keys: KeyFolder) async throws
    -> ShellFolder.Answer
  {
    try await pack.run(
      "CA_FILE=\(keys.path("ca.pem")) ALLOWED_SIGNERS=\(keys.path("allowed")) sh VERIFY.txt")
  }

  @Test(
    "A sound pack is accepted, with the anchors and without", arguments: ["ec", "rsa", "ssh", nil],
    [nil, "tsa"])
  func sound(signer: String?, authority: String?) async throws {
    let keys = try await SharedKeys.copy()
    let pack = try await SmallPack(keys: keys, signer: signer, authority: authority)
    let alone = try await pack.verify()
    #expect(alone.status == 0, "\(alone.text)")
    #expect(alone.text.contains("CONSISTENT: the files fit together; "))
    #expect(alone.text.contains("is not established") == (signer != nil))
    #expect(alone.text.contains("Time-stamp: ") == (authority != nil))
    let trusted = try await verify(pack, trusting: keys)
    #expect(trusted.status == 0, "\(trusted.text)")
    #expect(!trusted.text.contains("is not established"))
    #expect(trusted.text.contains(signer == nil ? "CONSISTENT: " : "VERIFIED: "))
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
  func changed(signer: String, command: String) async throws {
    let pack = try await SmallPack(keys: SharedKeys.copy(), signer: signer)
    #expect(try await pack.run(command).status == 0)
    let answer = try await pack.verify()
    #expect(answer.status != 0 && answer.text.contains("FAULT"), "\(answer.text)")
  }

  @Test(
    "F155: a pack that somebody else signed anew is not the manifest's", arguments: ["ec", "ssh"])
  func forged(signer: String) async throws {
    let keys = try await SharedKeys.copy()
    let others = try await SharedKeys.others()
    let pack = try await SmallPack(keys: keys, signer: signer)
    let signature = try others.signer(signer)
    try pack.write(try signature.sign(pack.read("SHA256SUMS")), to: signature.signer.kind.fileName)
    let answer = try await pack.verify()
    #expect(answer.status != 0 && answer.text.contains("manifest.json names"), "\(answer.text)")
  }

  @Test(
    "F157: anchors that do not cover the signer or the authority", arguments: ["ec", "ssh", nil])
  func unknown(signer: String?) async throws {
    let keys = try await SharedKeys.copy()
    let pack = try await SmallPack(keys: keys, signer: signer, authority: "tsa")
    let answer = try await verify(pack, trusting: SharedKeys.others())
    #expect(
      answer.status != 0 && answer.text.contains("vouches for the time-stamp"), "\(answer.text)")
    let who =
      signer.map { $0 == "ssh" ? "does not allow the key" : "vouches for the signer" } ?? ""
    #expect(answer.text.contains(who), "\(answer.text)")
  }

  /// DER: a tag, the length, the content.
  private func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    let length: [UInt8] =
      count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
    return [tag] + length + content
  }

  @Test("The text of an authority's answer, which nobody signs, says nothing of the time")
  func statusText() async throws {
    let keys = try await SharedKeys.copy()
    for signer in ["ec", "ssh"] {
      let pack = try await SmallPack(keys: keys, signer: signer, authority: "tsa")
      let stamp = try pack.read("SHA256SUMS.tsr")
      let sound = try await verify(pack, trusting: keys)
      let line = try #require(
        sound.text.split(separator: "\n").first { $0.hasPrefix("Time-stamp: ") })
      // SEQUENCE { SEQUENCE { 0 }, token }: the first five bytes of the content are the status.
      let token = Array(stamp[9...])
      try #require(Array(stamp[4..<9]) == [0x30, 0x03, 0x02, 0x01, 0x00])
      let text = Array("granted\nTime stamp: Jan  1 00:00:00 2020 GMT".utf8)
      let status = der(0x30, [0x02, 0x01, 0x00] + der(0x30, der(0x0C, text)))
      try pack.write(der(0x30, status + token), to: "SHA256SUMS.tsr")
      let faked = try await verify(pack, trusting: keys)
      #expect(faked.text.contains(line) && !faked.text.contains("2020"), "\(faked.text)")
      #expect(faked.status == 0, "\(faked.text)")
    }
  }

  @Test("A token whose content was changed is found without anchors too")
  func changedToken() async throws {
    let keys = try await SharedKeys.copy()
    let pack = try await SmallPack(keys: keys, signer: "ec", authority: "tsa")
    var stamp = try pack.read("SHA256SUMS.tsr")
    // genTime: GeneralizedTime of 15 digits.
    let time = try #require(stamp.firstRange(of: [0x18, 0x0F, 0x32, 0x30]))
    stamp[time.lowerBound + 4] = 0x31
    try pack.write(stamp, to: "SHA256SUMS.tsr")
    let answer = try await pack.verify()
    #expect(answer.status != 0 && answer.text.contains("is not signed by its authority"))
  }

  @Test(
    "A certificate for another purpose is no signer's, its own or one between",
    arguments: [
      (["extendedKeyUsage=serverAuth,clientAuth"], [], false),
      (["keyUsage=digitalSignature"], ["extendedKeyUsage=serverAuth"], false),
      (["extendedKeyUsage=codeSigning"], ["extendedKeyUsage=emailProtection"], false),
      (["keyUsage=keyEncipherment"], [], false),
      (["extendedKeyUsage=codeSigning,serverAuth"], ["extendedKeyUsage=codeSigning"], true),
      (["extendedKeyUsage=1.3.6.1.5.5.7.3.36"], ["extendedKeyUsage=anyExtendedKeyUsage"], true),
    ])
  func purpose(extensions: [String], authority: [String], isSound: Bool) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("between", extensions: KeyFolder.authority + authority)
    try await keys.issue("leaf", extensions: extensions, by: "between")
    try await keys.must("cat between.pem >>leaf.pem")
    let pack = try await SmallPack(keys: keys, signer: "leaf")
    let answer = try await pack.run("CA_FILE=\(keys.path("ca.pem")) sh VERIFY.txt")
    #expect((answer.status == 0) == isSound, "\(answer.text)")
    #expect(answer.text.contains("is for another purpose") == !isSound, "\(answer.text)")
    #expect(try await pack.verify().status == 0)
  }

  @Test("SIGNER accepts one signer only")
  func pin() async throws {
    let keys = try await SharedKeys.copy()
    let pack = try await SmallPack(keys: keys, signer: "ec")
    let digest = Digest.of(
      Array(try await keys.run("openssl x509 -in ec.pem -outform DER | base64 -w0").text.utf8))
    let sha256 = try await keys.run("openssl x509 -in ec.pem -outform DER | sha256sum | cut -c1-64")
      .text
      .prefix { $0 != "\n" }
    let file = keys.path("ca.pem")
    for (pin, anchors, isSound) in [
      ("CN=ec,O=Test", "CA_FILE=\(file)", true), ("CN=ec,O=Test", "", false),
      ("CN=e.,O=Test", "CA_FILE=\(file)", false), (String(sha256), "", true),
      (sha256.uppercased(), "CA_FILE=\(file)", true), (digest.hexadecimal, "", false),
    ] {
      let answer = try await pack.run("SIGNER='\(pin)' \(anchors) sh VERIFY.txt")
      #expect((answer.status == 0) == isSound, "\(pin): \(answer.text)")
    }
    let other = try await SmallPack(keys: keys, signer: "ssh")
    let key = try await keys.run("ssh-keygen -lf ssh.pub | cut -d' ' -f2").text.prefix {
      $0 != "\n"
    }
    #expect(try await other.run("SIGNER=\(key) sh VERIFY.txt").status == 0)
    #expect(try await other.run("SIGNER=SHA256:x sh VERIFY.txt").status != 0)
  }

  @Test("A time-stamp over something else is found, and one that never came is said")
  func timestamps() async throws {
    let keys = try await SharedKeys.copy()
    let pack = try await SmallPack(keys: keys, signer: "ec", authority: "tsa")
    let other = try await SmallPack(keys: keys, signer: "ssh", authority: "tsa")
    try pack.write(try other.read("SHA256SUMS.tsr"), to: "SHA256SUMS.tsr")
    #expect(try await pack.verify().text.contains("over something else"))
    try await pack.run("rm SHA256SUMS.tsr")
    let answer = try await pack.verify()
    #expect(answer.status == 0 && answer.text.contains("There is no time-stamp."))
  }
}
