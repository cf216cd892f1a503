import AuditModel
import Testing

@testable import AuditEvidence

@Suite("Whose certificate may sign a pack")
struct SignerPurposeTests {
  /// What a verifier says of a signer whose certificate, and that of the authority between, have these extensions.
  private func faults(
    _ extensions: [String], below authority: [String]
  ) async throws -> (faults: [String], concerns: [String]) {
    let keys = try await KeyFolder()
    try await keys.issue("between", extensions: KeyFolder.authority + authority)
    try await keys.issue("leaf", extensions: extensions, by: "between")
    try await keys.must("cat between.pem >>leaf.pem")
    let faults = try await keys.verdict(of: keys.seal("leaf"), trusting: "ca.pem").faults
    return (faults, try keys.signer("leaf").warnings(at: KeyFolder.now))
  }

  @Test(
    "An authority between that is for servers only vouches for no signer",
    arguments: [
      (["keyUsage=digitalSignature"], ["extendedKeyUsage=serverAuth"]),
      (["extendedKeyUsage=emailProtection"], ["extendedKeyUsage=serverAuth,clientAuth"]),
      (["extendedKeyUsage=codeSigning"], ["extendedKeyUsage=emailProtection"]),
    ])
  func limitedAuthority(extensions: [String], authority: [String]) async throws {
    let (faults, concerns) = try await faults(extensions, below: authority)
    #expect(faults.count == 1 && faults[0].contains("CN=between"), "\(faults)")
    #expect(faults == concerns)
  }

  @Test(
    "One that is for signing, or for anything, does",
    arguments: [
      (["keyUsage=digitalSignature"], ["extendedKeyUsage=serverAuth,codeSigning"]),
      (["extendedKeyUsage=1.3.6.1.5.5.7.3.36"], ["extendedKeyUsage=1.3.6.1.5.5.7.3.36"]),
      (["extendedKeyUsage=emailProtection,clientAuth"], ["extendedKeyUsage=anyExtendedKeyUsage"]),
    ])
  func signingAuthority(extensions: [String], authority: [String]) async throws {
    let (faults, concerns) = try await faults(extensions, below: authority)
    #expect(faults.isEmpty && concerns.isEmpty, "\(faults)")
  }

  @Test(
    "A signer is a subject or a digest, and any other text is none", arguments: ["", "x", "sha:1"])
  func noSigner(text: String) {
    #expect(SignerPin(text) == nil)
    #expect(SignerPin("CN=\(text)") != nil)
  }

  /// What a verifier who accepts one signer says.
  private func verdict(
    _ keys: KeyFolder, _ seal: Seal, _ pin: String, trusting file: String? = nil,
    at time: VerificationTime = .now(KeyFolder.now)
  ) async throws -> SignatureVerdict {
    let trust = try file.map { try TrustAnchors(certificates: keys.read($0), allowedSigners: nil) }
    return await SealVerifier(trust: trust, time: time, pin: SignerPin(pin)).verdict(of: seal)
      .signature
  }

  private func isEstablished(_ verdict: SignatureVerdict) -> Bool {
    if case .valid(_, .established) = verdict { true } else { false }
  }

  @Test("--signer accepts the one certificate, by its subject or its SHA-256, and no other")
  func certificate() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    try await keys.issue("other")
    let seal = try keys.seal("signer")
    let digest = try #require(seal.signer?.certificatesSha256.first)
    for pin in ["CN=signer,O=Test", "CN=signer, O=Test", digest, digest.uppercased()] {
      #expect(isEstablished(try await verdict(keys, seal, pin, trusting: "ca.pem")), "\(pin)")
    }
    for pin in [
      "CN=other,O=Test", "O=Test,CN=signer", "CN=signer", digest.replacing("a", with: "b"),
    ] {
      #expect(!isEstablished(try await verdict(keys, seal, pin, trusting: "ca.pem")), "\(pin)")
    }
    #expect(isEstablished(try await verdict(keys, seal, digest)))
    let later = KeyFolder.tomorrow.advanced(byMilliseconds: 3_600_000)
    #expect(!isEstablished(try await verdict(keys, seal, digest, at: .now(later))))
    #expect(!isEstablished(try await verdict(keys, try keys.seal("other"), digest)))
    let unsigned = Seal(
      checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    #expect(try await verdict(keys, unsigned, digest) != .unsigned)
  }

  @Test("So it does an OpenSSH key, by its fingerprint or its SHA-256")
  func key() async throws {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    try await keys.openSSH("other")
    let seal = try keys.seal("key")
    let fingerprint = try #require(seal.signer?.keyFingerprint)
    let hexadecimal = try await keys.run(
      "cut -d' ' -f2 key.pub | base64 -d | sha256sum | cut -c1-64"
    )
    .text
    .prefix { $0 != "\n" }
    for pin in [fingerprint, fingerprint + "=", String(hexadecimal)] {
      #expect(isEstablished(try await verdict(keys, seal, pin)), "\(pin)")
      #expect(!isEstablished(try await verdict(keys, try keys.seal("other"), pin)), "\(pin)")
    }
  }

  @Test("A command's certificate that no verifier would accept is known before the run")
  func command() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", extensions: ["extendedKeyUsage=serverAuth,clientAuth"])
    let returned = try ReturnedSignature(
      try #require(keys.seal("signer").signature), over: KeyFolder.checksums)
    #expect(returned.warnings(at: KeyFolder.now).count == 1)
  }
}
