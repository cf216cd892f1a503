import AuditEvidence
import AuditModel
import Testing

@Suite("Time-stamps")
struct TimestampTests {
  @Test(
    "openssl reads the request, and its authority's answer is accepted and verified by openssl",
    arguments: ["EC:P-256", "RSA:2048"])
  func openssl(kind: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("tsa", key: kind, extensions: KeyFolder.timeStamping)
    var seal = try keys.seal("signer")
    let request = TimestampRequest(for: seal.stamped, nonce: 0xfedc_ba98_7654_3210)
    try keys.write(try request.encoded(), to: "request")
    let shown = try await keys.run("openssl ts -query -in request -text").text
    #expect(
      shown.contains("Nonce: 0xFEDCBA9876543210") && shown.contains("Certificate required: yes"))
    let file = try await request.accept(keys.answer("request", by: "tsa"))
    try keys.write(file, to: "SHA256SUMS.tsr")
    let verify = "openssl ts -verify -in SHA256SUMS.tsr -CAfile ca.pem -data"
    #expect(try await keys.run("\(verify) SHA256SUMS.p7s").status == 0)
    #expect(try await keys.run("\(verify) SHA256SUMS").status != 0)

    seal.timestamp = file
    guard case .valid(let stamp, .notEstablished) = try await keys.verdict(of: seal).timestamp
    else {
      Issue.record("\(try await keys.verdict(of: seal))")
      return
    }
    #expect(stamp.authority == "CN=tsa,O=Test")
    let verdict = try await keys.verdict(of: seal, trusting: "ca.pem")
    #expect(verdict.timestamp == .valid(stamp, .established(by: "CN=ca,O=Test", at: stamp.time)))
    let signer = try #require(seal.signer)
    #expect(verdict.signature == .valid(signer, .established(by: "CN=ca,O=Test", at: stamp.time)))
  }

  @Test(
    "F156: a signer that has expired since is accepted with a trusted time-stamp, and not without")
  func expiredSigner() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping)
    var seal = try keys.seal("signer")
    let later = VerificationTime.now(KeyFolder.tomorrow.advanced(byMilliseconds: 3_600_000))
    #expect(try await !keys.verdict(of: seal, trusting: "ca.pem", at: later).faults.isEmpty)
    seal.timestamp = try await keys.timestamp(of: seal, by: "tsa")
    #expect(try await keys.verdict(of: seal, trusting: "ca.pem", at: later).faults.isEmpty)
    let future = VerificationTime.at(KeyFolder.tomorrow.advanced(byMilliseconds: 3_600_000))
    #expect(try await !keys.verdict(of: seal, trusting: "ca.pem", at: future).faults.isEmpty)
  }

  @Test("F156: a key that is allowed no longer is judged by the time-stamp's day")
  func retiredKey() async throws {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping)
    var seal = try keys.seal("key")
    let day = KeyFolder.tomorrow.description.prefix(10).replacing("-", with: "")
    let key = String(decoding: try keys.read("key.pub"), as: UTF8.self)
    let line = "a valid-before=\"\(day)Z\" \(key)"
    let later = VerificationTime.now(KeyFolder.tomorrow.advanced(byMilliseconds: 86_400_000))
    #expect(
      try await !keys.verdict(of: seal, trusting: "ca.pem", allowing: line, at: later).faults
        .isEmpty)
    seal.timestamp = try await keys.timestamp(of: seal, by: "tsa")
    #expect(
      try await keys.verdict(of: seal, trusting: "ca.pem", allowing: line, at: later).faults.isEmpty
    )
    let unused = try await keys.verdict(of: seal, allowing: line, at: later)
    guard case .invalid = unused.signature, case .valid(_, .notEstablished) = unused.timestamp
    else {
      Issue.record("\(unused)")
      return
    }
  }

  @Test("Without a signature SHA256SUMS itself is stamped")
  func unsigned() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping)
    var seal = Seal(checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    seal.timestamp = try await keys.timestamp(of: seal, by: "tsa")
    #expect(try await keys.verdict(of: seal).faults.isEmpty)
    seal.checksums.append(10)
    let faults = try await keys.verdict(of: seal).faults
    #expect(faults == ["SHA256SUMS.tsr is no time-stamp of this pack: it is over other bytes."])
  }

  @Test("F157: an authority that is unknown does not count")
  func wrongAuthority() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.authority("other")
    try await keys.issue("foreign", extensions: KeyFolder.timeStamping, by: "other")
    var seal = try keys.seal("signer")
    seal.timestamp = try await keys.timestamp(of: seal, by: "foreign")
    let faults = try await keys.verdict(of: seal, trusting: "ca.pem").faults
    #expect(faults == ["No certificate of --ca-file vouches for CN=foreign,O=Test."])
    try await keys.must("cat ca.pem other.pem >both.pem")
    #expect(try await keys.verdict(of: seal, trusting: "both.pem").faults.isEmpty)
  }

  @Test(
    "F157: a certificate that is not meant for time-stamps does not count, nor one that the token does not name",
    arguments: [
      ("keyUsage=digitalSignature", "-cades", "is for another purpose"),
      ("extendedKeyUsage=critical,timeStamping,clientAuth", "-cades", "is for another purpose"),
      ("extendedKeyUsage=critical,timeStamping", "", "it does not name its signer's certificate"),
      ("extendedKeyUsage=critical,timeStamping", "-noattr", "it signs no attributes"),
    ])
  func wrongPurpose(extension line: String, options: String, reason: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping)
    try await keys.issue("forger", extensions: [line])
    var seal = Seal(checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    try keys.write(try await keys.timestamp(of: seal, by: "tsa"), to: "true.tsr")
    // The authority's words, signed by another: openssl's own time-stamping refuses such a signer.
    try await keys.must(
      "openssl ts -reply -in true.tsr -token_out | openssl cms -verify -noverify -inform DER -out words && "
        + "openssl cms -sign -binary -nodetach -econtent_type 1.2.840.113549.1.9.16.1.4 \(options) "
        + "-signer forger.pem -inkey forger.key -in words -outform DER -out token")
    let token = try keys.read("token")
    seal.timestamp =
      [0x30, 0x82, UInt8((token.count + 5) / 256), UInt8((token.count + 5) % 256)]
      + [0x30, 3, 2, 1, 0] + token
    guard case .invalid(let faults) = try await keys.verdict(of: seal, trusting: "ca.pem").timestamp
    else {
      Issue.record("accepted")
      return
    }
    #expect(faults.count == 1 && faults[0].contains(reason), "\(faults)")
  }

  @Test(
    "The chain that an authority sends along is kept to its root, and what belongs to nobody dropped"
  )
  func chain() async throws {
    let keys = try await KeyFolder()
    try await keys.issue(
      "between", extensions: KeyFolder.authority)
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping, by: "between")
    try await keys.issue("stranger")
    try await keys.must("cat between.pem ca.pem stranger.pem >chain.pem")
    var seal = Seal(checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    try await keys.issue("signer")
    seal = try keys.seal("signer")
    seal.timestamp = try await keys.timestamp(of: seal, by: "tsa", sending: "chain.pem")
    try keys.write(try #require(seal.timestamp), to: "SHA256SUMS.tsr")
    #expect(try await keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
    let shown = try await keys.run(
      "openssl ts -reply -in SHA256SUMS.tsr -token_out | openssl pkcs7 -inform DER -print_certs | grep subject"
    )
    #expect(!shown.text.contains("stranger") && shown.text.contains("between"), "\(shown.text)")
    let verify = "openssl ts -verify -in SHA256SUMS.tsr -CAfile ca.pem -data SHA256SUMS.p7s"
    #expect(try await keys.run(verify).status == 0)
  }

  @Test("A chain without its end is dropped, since nothing in the token binds it")
  func chainWithoutRoot() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("between", extensions: KeyFolder.authority)
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping, by: "between")
    try await keys.issue("signer")
    var seal = try keys.seal("signer")
    seal.timestamp = try await keys.timestamp(of: seal, by: "tsa", sending: "between.pem")
    #expect(try await !keys.verdict(of: seal, trusting: "ca.pem").faults.isEmpty)
    try await keys.must("cat ca.pem between.pem >both.pem")
    #expect(try await keys.verdict(of: seal, trusting: "both.pem").faults.isEmpty)
  }

  @Test("F160: an answer to another request, over other bytes, a refusal, or no answer at all")
  func refused() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("tsa", extensions: KeyFolder.timeStamping)
    let request = TimestampRequest(for: KeyFolder.checksums, nonce: 7)
    try keys.write(try request.encoded(), to: "request")
    let answer = try await keys.answer("request", by: "tsa")
    #expect(try !request.accept(answer).isEmpty)
    let page = Array("<html>Not found</html>".utf8)
    // What the authority answers when it knows no such digest: status 2, rejection.
    let rejection: [UInt8] = [0x30, 5, 0x30, 3, 2, 1, 2]
    for (request, answer, reason) in [
      (TimestampRequest(for: KeyFolder.checksums, nonce: 8), answer, "its nonce is not the one"),
      (TimestampRequest(for: [1], nonce: 7), answer, "it is over other bytes"),
      (request, rejection, "the authority refused (status 2)"), (request, page, "cannot be used"),
      (request, [], "cannot be used"), (request, answer.dropLast(), "cannot be used"),
    ] {
      let error = try #require(throws: SigningError.self) { try request.accept(Array(answer)) }
      #expect(error.description.contains(reason), "\(error)")
      #expect(error.exitStatus == .inputOutput)
    }
  }
}
