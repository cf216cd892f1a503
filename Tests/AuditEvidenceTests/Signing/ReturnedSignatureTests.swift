import AuditEvidence
import AuditModel
import TestSupport
import Testing

@Suite("The signature that a command returned", .slow)
struct ReturnedSignatureTests {
  private static let sign =
    "openssl cms -sign -binary -signer signer.pem -inkey signer.key -in SHA256SUMS"

  /// What becomes of the output of a command that writes the file `out`.
  private func returned(_ keys: KeyFolder, by command: String) async throws -> ReturnedSignature {
    try await keys.must(command)
    return try ReturnedSignature(keys.read("out"), over: KeyFolder.checksums)
  }

  @Test(
    "What openssl makes is accepted in every form, and openssl accepts what is made of it",
    arguments: ["EC:P-256", "RSA:2048"],
    [
      "-outform PEM", "-outform DER", "-outform PEM -noattr", "-outform DER -nodetach",
      "-outform DER -nodetach -stream", "-outform DER -keyid", "-outform DER -cades",
      "-outform PEM -md sha512", "-outform PEM -certfile ca.pem", "-outform DER -nosmimecap",
    ])
  func openssl(kind: String, options: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: kind)
    let signature = try await returned(keys, by: "\(Self.sign) -out out \(options)")
    try keys.write(signature.file, to: "SHA256SUMS.p7s")
    let answer = try await keys.run(
      "openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS "
        + "-CAfile ca.pem -purpose any")
    #expect(answer.status == 0, "\(answer.text)")
    #expect(signature.signer.subject == "CN=signer,O=Test")
    let seal = Seal(
      checksums: KeyFolder.checksums, signer: signature.signer, signature: signature.file,
      timestamp: nil)
    #expect(try await keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
    #expect(try ReturnedSignature(signature.file, over: KeyFolder.checksums) == signature)
  }

  @Test("The old PKCS #7 form is accepted too")
  func pkcs7() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: "RSA:2048")
    _ = try await returned(
      keys,
      by:
        "openssl smime -sign -binary -signer signer.pem -inkey signer.key -in SHA256SUMS -outform PEM -out out"
    )
  }

  @Test("What ssh-keygen makes is accepted, with either digest", arguments: ["sha512", "sha256"])
  func openSSH(digest: String) async throws {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    let signature = try await returned(
      keys,
      by:
        "ssh-keygen -q -Y sign -n kfaudit -O hashalg=\(digest) -f key SHA256SUMS && mv SHA256SUMS.sig out"
    )
    #expect(signature.file == (try keys.read("out")))
    #expect(signature.signer == (try keys.signer("key").signer))
  }

  @Test(
    "Anything else is refused, with the reason",
    arguments: [
      (": >out", "the command printed nothing"),
      ("echo hello >out", "it contains 0 blocks"),
      ("cp signer.pem out", "it contains a CERTIFICATE"),
      ("cat ca.pem signer.pem >out", "it contains 2 blocks"),
      (
        "echo ----- >out; sed 2d ca.pem >>out; sed 's/CERTIFICATE/CMS/' ca.pem >out",
        "it is not a CMS signature"
      ),
      ("head -c 100 ca.pem >out", "it cannot be read"),
      ("openssl x509 -in signer.pem -outform DER -out out", "it is not a CMS signature"),
      ("\(sign) -outform PEM -out out -nocerts", "the signer's certificate is not in it"),
      ("\(sign) -outform PEM -out out -signer ca.pem -inkey ca.key", "there are 2 signers"),
      ("\(sign) -outform PEM -out out -md sha1", "is not SHA-256"),
      (
        "sed s/report/x/ SHA256SUMS | \(sign) -in /dev/stdin -outform PEM -out out",
        "over other bytes"
      ),
      ("\(sign) -noattr -in ca.pem -outform PEM -out out", "over other bytes"),
      (
        "openssl cms -encrypt -in SHA256SUMS -outform PEM -out out signer.pem",
        "it is not a CMS signature"
      ),
      (
        "ssh-keygen -q -t ed25519 -N '' -f k; ssh-keygen -q -Y sign -n git -f k SHA256SUMS; cp SHA256SUMS.sig out",
        "it was made for git"
      ),
      (
        "ssh-keygen -q -t ed25519 -N '' -f k; ssh-keygen -q -Y sign -n kfaudit -f k ca.pem; cp ca.pem.sig out",
        "over other bytes"
      ),
      (
        "ssh-keygen -q -t ecdsa -N '' -f k; ssh-keygen -q -Y sign -n kfaudit -f k SHA256SUMS; cp SHA256SUMS.sig out",
        "by an Ed25519 key"
      ),
    ])
  func refused(command: String, reason: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let error = try await #require(throws: SigningError.self) {
      try await returned(keys, by: command)
    }
    #expect(error.description.contains(reason), "\(error)")
    #expect(error.exitStatus == .inputOutput)
  }
}
