import AuditEvidence
import AuditModel
import Foundation
import Testing

@Suite("Signing a pack")
struct PackSignerTests {
  private static let cms =
    "openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS "
    + "-CAfile ca.pem -purpose any"

  @Test(
    "openssl accepts a signature by a key of each kind",
    arguments: ["EC:P-256", "EC:P-384", "RSA:2048"])
  func openssl(kind: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: kind)
    let seal = try keys.seal("signer")
    let file = String(decoding: try #require(seal.signature), as: UTF8.self)
    #expect(file.hasPrefix("-----BEGIN CMS-----\n") && file.hasSuffix("\n-----END CMS-----\n"))
    #expect(seal.signer?.kind.fileName == "SHA256SUMS.p7s")
    let answer = try await keys.run(Self.cms + " -out copy && cmp copy SHA256SUMS")
    #expect(answer.status == 0, "\(answer.text)")
    try await keys.must("sed -i s/report/repost/ SHA256SUMS")
    #expect(try await keys.run(Self.cms).status != 0)
  }

  @Test("The old forms of PEM keys are read: SEC 1, with parameters before it, and PKCS #1")
  func traditional() async throws {
    let keys = try await KeyFolder()
    try await keys.must("openssl ecparam -name prime256v1 -genkey -out ec.key")
    try await keys.must("openssl genrsa -traditional -out rsa.key 2048")
    for name in ["ec", "rsa"] {
      try await keys.certify(name, extensions: ["keyUsage=digitalSignature"])
      _ = try keys.seal(name)
      #expect(try await keys.run(Self.cms).status == 0)
    }
  }

  @Test("The certificates after the signer's go along, so that the root alone is enough to verify")
  func intermediate() async throws {
    let keys = try await KeyFolder()
    try await keys.issue(
      "between", extensions: KeyFolder.authority)
    try await keys.issue("leaf", by: "between")
    try await keys.must("cat leaf.pem between.pem leaf.pem >chain.pem && mv chain.pem leaf.pem")
    let seal = try keys.seal("leaf")
    #expect(try await keys.run(Self.cms).status == 0)
    var digests: [String] = []
    for name in ["leaf", "between"] {
      let answer = try await keys.run(
        "openssl x509 -in \(name).pem -outform DER | sha256sum | cut -c1-64")
      digests.append(answer.text.trimmingCharacters(in: .newlines))
    }
    #expect(seal.signer?.certificatesSha256 == digests)
  }

  @Test("With an RSA key the same content gives the same bytes")
  func deterministic() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: "RSA:2048")
    let signer = try keys.signer("signer")
    #expect(try signer.sign(KeyFolder.checksums) == signer.sign(KeyFolder.checksums))
  }

  @Test("An OpenSSH key signs as ssh-keygen does, byte for byte, and ssh-keygen accepts it")
  func openSSH() async throws {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    let seal = try keys.seal("key")
    #expect(seal.signer?.kind.fileName == "SHA256SUMS.sig")
    try await keys.must(
      "mv SHA256SUMS.sig ours && ssh-keygen -q -Y sign -n kfaudit -f key SHA256SUMS")
    #expect(try keys.read("SHA256SUMS.sig") == seal.signature)
    try await keys.must("echo \"audit@example.com $(cat key.pub)\" >allowed")
    let verify =
      "ssh-keygen -Y verify -f allowed -I audit@example.com -n kfaudit -s ours <SHA256SUMS"
    #expect(try await keys.run(verify).status == 0)
    #expect(try await keys.run(verify.replacing("kfaudit", with: "other")).status != 0)
    let print = try await keys.run("ssh-keygen -l -f key.pub | cut -d' ' -f2").text
    #expect(seal.signer?.keyFingerprint == print.trimmingCharacters(in: .newlines))
  }

  @Test("The manifest's entry names every key, and reads back what it says")
  func document() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let signer = try keys.signer("signer").signer
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(signer)
    #expect(try JSONDecoder().decode(SignerDocument.self, from: json) == signer)
    #expect(String(decoding: json, as: UTF8.self).contains(#""keyFingerprint":null"#))
    #expect(signer.subject == "CN=signer,O=Test")
    let end = try await keys.run("openssl x509 -in signer.pem -noout -enddate -dateopt iso_8601")
      .text
    let expected = end.dropFirst("notAfter=".count).prefix(19).replacing(" ", with: "T") + ".000Z"
    #expect(signer.notAfter == String(expected))
  }

  @Test("A key prints as its signer, never as itself")
  func redacted() async throws {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    let signer = try keys.signer("key")
    var dumped = ""
    dump(signer, to: &dumped)
    #expect(signer.description == signer.signer.keyFingerprint)
    #expect(!dumped.contains("bytes") && !dumped.contains("key:"))
  }
}

@Suite("F158: a signing key that cannot be used is refused before the first request")
struct RefusedKeyTests {
  /// What `PackSigner` says of a key, made by a command as `key`, and a certificate.
  private func refusal(
    of command: String, certificate: String? = "signer.pem"
  ) async throws -> SigningError? {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.must(command)
    do {
      _ = try PackSigner(key: keys.read("key"), certificate: certificate.map(keys.read))
      return nil
    } catch let error as SigningError {
      return error
    }
  }

  @Test(
    "An encrypted key, in any form",
    arguments: [
      "openssl pkcs8 -topk8 -in signer.key -passout pass:x -out key",
      "openssl rsa -traditional -aes128 -passout pass:x -out key -in $(openssl genrsa -out r 2048; echo r)",
      "ssh-keygen -q -t ed25519 -N secret -f key",
    ])
  func encrypted(command: String) async throws {
    #expect(try await refusal(of: command, certificate: nil) == .encryptedKey)
    #expect(SigningError.encryptedKey.exitStatus == .configuration)
  }

  @Test(
    "A key of a kind that does not serve",
    arguments: [
      ("openssl genpkey -algorithm ED25519 -out key", "Ed25519.PublicKey"),
      ("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key", "P521.PublicKey"),
    ])
  func unsupported(command: String, kind: String) async throws {
    let error = try #require(try await refusal(of: command))
    #expect(error == .unsupportedKey(kind))
    #expect(error.description.contains("Use a P-256, P-384 or RSA key"))
  }

  @Test("An OpenSSH key of another kind")
  func unsupportedOpenSSH() async throws {
    let error = try await refusal(of: "ssh-keygen -q -t ecdsa -N '' -f key", certificate: nil)
    #expect(error == .unsupportedKey("an OpenSSH key of type ecdsa-sha2-nistp256"))
  }

  @Test("A PEM key without a certificate, and an OpenSSH key with one")
  func certificate() async throws {
    #expect(try await refusal(of: "cp signer.key key", certificate: nil) == .certificateMissing)
    #expect(try await refusal(of: "ssh-keygen -q -t ed25519 -N '' -f key") == .certificateNotWanted)
  }

  @Test("A key that is not the certificate's")
  func mismatch() async throws {
    let error = try await refusal(of: "cp ca.key key")
    #expect(error == .keyDoesNotMatch(subject: "CN=signer,O=Test"))
    #expect(error?.exitStatus == .configuration)
  }

  @Test(
    "A file that holds no key",
    arguments: [
      (": >key", "nothing of the kind"), ("cp signer.pem key", "CERTIFICATE"),
      ("cat signer.key ca.key >key", "PRIVATE KEY, PRIVATE KEY"),
      ("openssl pkey -in signer.key -outform DER -out key", "nothing of the kind"),
    ])
  func noKey(command: String, found: String) async throws {
    let error = try #require(try await refusal(of: command))
    #expect(error.description.contains("It contains \(found)"), "\(error)")
  }

  @Test(
    "A damaged key",
    arguments: [
      "sed 5d signer.key | sed 2s/M/!/ >key", "head -2 signer.key >key",
      "sed 2s/MIG/MIH/ signer.key >key",
      "openssl genrsa -out key 1024",
    ])
  func damaged(command: String) async throws {
    let error = try #require(try await refusal(of: command))
    #expect(error.description.hasPrefix("the signing key cannot be read"), "\(error)")
  }

  @Test(
    "A certificate that is none",
    arguments: ["signer.csr", "signer.key", "der", "empty", "damaged"])
  func noCertificate(file: String) async throws {
    let error = try #require(
      try await refusal(
        of: "cp signer.key key; : >empty; openssl x509 -in signer.pem -outform DER -out der; "
          + "sed 3d signer.pem >damaged", certificate: file))
    #expect(error.description.hasPrefix("the signing certificate cannot be used"), "\(error)")
    #expect(error.exitStatus == .configuration)
  }
}
