import AuditEvidence
import AuditModel
import Testing

@Suite("Verifying a signature")
struct SealVerifierTests {
  @Test("Without a trust anchor a sound signature is valid, and its signer not established")
  func notEstablished() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.openSSH("key")
    for name in ["signer", "key"] {
      let seal = try keys.seal(name)
      let verdict = try await keys.verdict(of: seal)
      #expect(verdict.signature == .valid(try #require(seal.signer), .notEstablished))
      #expect(verdict.faults.isEmpty && verdict.timestamp == .absent)
    }
  }

  @Test(
    "With the authority's certificate the signer is established",
    arguments: ["EC:P-256", "EC:P-384", "RSA:2048"])
  func established(kind: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: kind)
    let seal = try keys.seal("signer")
    let now = KeyFolder.now
    let verdict = try await keys.verdict(of: seal, trusting: "ca.pem", at: .now(now))
    let signer = try #require(seal.signer)
    #expect(verdict.signature == .valid(signer, .established(by: "CN=ca,O=Test", at: now)))
  }

  @Test("A path leads over the certificates in the signature, and over those of the file")
  func intermediate() async throws {
    let keys = try await KeyFolder()
    try await keys.issue(
      "between", extensions: KeyFolder.authority)
    try await keys.issue("leaf", by: "between")
    let seal = try keys.seal("leaf")
    #expect(try await !keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
    try await keys.must("cat ca.pem between.pem >both.pem")
    #expect(try await keys.verdict(of: seal, trusting: "both.pem").faults.isEmpty)
    try await keys.must("cat between.pem >>leaf.pem")
    #expect(try await keys.verdict(of: keys.seal("leaf"), trusting: "ca.pem").faults.isEmpty)
  }

  @Test("A certificate that is itself trusted needs no authority")
  func pinned() async throws {
    let keys = try await KeyFolder()
    try await keys.issue(
      "signer", extensions: ["basicConstraints=CA:FALSE", "keyUsage=digitalSignature"])
    #expect(try await keys.verdict(of: keys.seal("signer"), trusting: "signer.pem").faults.isEmpty)
  }

  @Test("An unsigned pack is called unsigned, and no trust anchor accepts it")
  func unsigned() async throws {
    let keys = try await KeyFolder()
    let seal = Seal(checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    #expect(try await keys.verdict(of: seal).signature == .unsigned)
    #expect(try await keys.verdict(of: seal).faults.isEmpty)
    #expect(try await !keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
  }

  @Test("F155: other checksums under the old signature")
  func otherChecksums() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("ec")
    try await keys.issue("rsa", key: "RSA:2048")
    try await keys.openSSH("ssh")
    for name in ["ec", "rsa", "ssh"] {
      var seal = try keys.seal(name)
      seal.checksums[0] ^= 1
      let faults = try await keys.verdict(of: seal).faults
      #expect(faults.count == 1 && faults[0].contains("does not match SHA256SUMS"), "\(faults)")
    }
  }

  @Test("A signature that is missing, that nobody announced, or by somebody else")
  func otherSigner() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("other")
    let seal = try keys.seal("signer")
    var changed = seal
    changed.signature = nil
    #expect(try await keys.verdict(of: changed).faults[0].contains("SHA256SUMS.p7s is missing"))
    changed = seal
    changed.signer = nil
    #expect(try await keys.verdict(of: changed).faults[0].contains("names no signer"))
    changed.signer = try keys.seal("other").signer
    let faults = try await keys.verdict(of: changed).faults
    #expect(faults[0].contains("is by CN=signer,O=Test"), "\(faults)")
  }

  @Test("Another certificate for the same key is not the one that the manifest names")
  func renewedCertificate() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let seal = try keys.seal("signer")
    try await keys.certify("signer", extensions: ["keyUsage=digitalSignature"])
    var changed = try keys.seal("signer")
    changed.signer = seal.signer
    #expect(try await !keys.verdict(of: changed).faults.isEmpty)
  }

  @Test("The verdict names the signer by the certificate, whatever the manifest calls it")
  func calledOtherwise() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    var seal = try keys.seal("signer")
    let signer = try #require(seal.signer)
    seal.signer?.subject = "CN=somebody"
    #expect(try await keys.verdict(of: seal).signature == .valid(signer, .notEstablished))
  }

  @Test("The anchors of one kind do not cover a signer of the other")
  func otherKind() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.openSSH("key")
    let line = String(decoding: try keys.read("key.pub"), as: UTF8.self)
    let faults = try await keys.verdict(of: keys.seal("key"), trusting: "ca.pem").faults
    #expect(faults == ["The signer has an OpenSSH key: give --allowed-signers."])
    #expect(try await !keys.verdict(of: keys.seal("signer"), allowing: "a \(line)").faults.isEmpty)
  }
}

@Suite("F157: a signer whom the trust anchors do not cover")
struct UntrustedSignerTests {
  @Test("An unknown authority, though it has the same name")
  func unknown() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let seal = try keys.seal("signer")
    try await keys.authority("other")
    let faults = try await keys.verdict(of: seal, trusting: "other.pem").faults
    #expect(faults == ["No certificate of --ca-file vouches for CN=signer,O=Test."])
    try await keys.authority("ca")
    #expect(try await keys.verdict(of: seal, trusting: "ca.pem").faults == faults)
  }

  @Test(
    "Another purpose",
    arguments: [
      "keyUsage=keyCertSign,cRLSign", "keyUsage=keyEncipherment", "extendedKeyUsage=serverAuth",
      "extendedKeyUsage=critical,timeStamping", "extendedKeyUsage=clientAuth",
      "extendedKeyUsage=serverAuth,clientAuth", "extendedKeyUsage=1.2.3.4",
    ])
  func purpose(extension line: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", extensions: [line])
    let seal = try keys.seal("signer")
    let faults = try await keys.verdict(of: seal, trusting: "ca.pem").faults
    #expect(faults.count == 1 && faults[0].contains("is for another purpose"), "\(faults)")
    #expect(try keys.signer("signer").warnings(at: KeyFolder.now) == faults)
    #expect(try await keys.verdict(of: seal).faults.isEmpty)
  }

  @Test(
    "A purpose that serves",
    arguments: [
      "keyUsage=nonRepudiation", "extendedKeyUsage=emailProtection",
      "extendedKeyUsage=1.3.6.1.5.5.7.3.36", "extendedKeyUsage=serverAuth,anyExtendedKeyUsage",
      "extendedKeyUsage=critical,codeSigning", "basicConstraints=CA:FALSE",
    ])
  func goodPurpose(extension line: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", extensions: [line])
    #expect(try await keys.verdict(of: keys.seal("signer"), trusting: "ca.pem").faults.isEmpty)
    #expect(try keys.signer("signer").warnings(at: KeyFolder.now).isEmpty)
  }

  @Test("A certificate that is no authority's vouches for nobody")
  func noAuthority() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("between", extensions: ["basicConstraints=CA:FALSE"])
    try await keys.issue("leaf", by: "between")
    try await keys.must("cat between.pem >>leaf.pem")
    let faults = try await keys.verdict(of: keys.seal("leaf"), trusting: "ca.pem").faults
    #expect(faults.count == 1 && faults[0].contains("basic constraints"), "\(faults)")
  }

  @Test("A certificate that has expired, or is not valid yet; a time that is named decides")
  func expired() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let seal = try keys.seal("signer")
    let later = KeyFolder.tomorrow.advanced(byMilliseconds: 3_600_000)
    let faults = try await keys.verdict(of: seal, trusting: "ca.pem", at: .now(later)).faults
    #expect(faults.count == 1 && faults[0].contains("expired at"), "\(faults)")
    #expect(try keys.signer("signer").warnings(at: later) == faults)
    #expect(
      try await keys.verdict(of: seal, trusting: "ca.pem", at: .at(KeyFolder.now)).faults.isEmpty)
    let early = Instant(milliseconds: 0)
    let notYet = try await keys.verdict(of: seal, trusting: "ca.pem", at: .at(early)).faults
    #expect(notYet.count == 2 && notYet[0].contains("is not valid before"), "\(notYet)")
    #expect(try await keys.verdict(of: seal, at: .now(later)).faults.isEmpty)
  }

  @Test("A revoked certificate, when the authority's CRL is among the anchors")
  func revoked() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("other")
    let seal = try keys.seal("signer")
    try await keys.revoke("other", by: "ca")
    #expect(try await keys.verdict(of: seal, trusting: "ca-crl.pem").faults.isEmpty)
    try await keys.revoke("signer", by: "ca")
    let faults = try await keys.verdict(of: seal, trusting: "ca-crl.pem").faults
    #expect(faults.count == 1 && faults[0].contains("was revoked at"), "\(faults)")
    #expect(try await keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
  }

  @Test("A CRL that is out of date, or by somebody else with the authority's name")
  func wrongList() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("other")
    let seal = try keys.seal("signer")
    try await keys.revoke("other", by: "ca")
    let later = KeyFolder.now.advanced(byMilliseconds: 2 * 3_600_000)
    let late = try await keys.verdict(of: seal, trusting: "ca-crl.pem", at: .now(later)).faults
    #expect(late.count == 1 && late[0].contains("out of date"), "\(late)")
    try await keys.must("cp ca.pem true.pem")
    try await keys.authority("ca")
    try await keys.revoke("other", by: "ca")
    try await keys.must("grep -A99 X509 ca-crl.pem | cat true.pem - >mixed.pem")
    let forged = try await keys.verdict(of: seal, trusting: "mixed.pem").faults
    #expect(forged.count == 1 && forged[0].contains("not signed by the authority"), "\(forged)")
  }

  @Test(
    "A file of anchors that holds something else is refused",
    arguments: ["signer.key", "SHA256SUMS", "crl.pem"])
  func brokenFile(file: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.revoke("signer", by: "ca")
    try await keys.must("grep -A99 X509 ca-crl.pem >crl.pem")
    #expect(throws: SigningError.self) {
      try TrustAnchors(certificates: keys.read(file), allowedSigners: nil)
    }
  }
}
