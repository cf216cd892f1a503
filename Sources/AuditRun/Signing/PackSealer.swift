import AuditEvidence
import AuditFetch
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// Signs and time-stamps what proves a pack's files.
struct PackSealer {
  /// Whose signature it will be; `nil` for none.
  let signer: SignerDocument?
  /// The time-stamping authority; `nil` for none.
  let authority: Sealing.Authority?
  private let sign: @Sendable ([UInt8]) async throws -> [UInt8]
  private let network: Network
  private let nonce: UInt64

  /// What a command signs before the run, to show that it can and whose key it has.
  private static let trial = Array("kfaudit tries this command before the run.\n".utf8)

  /// Gets ready before the first request: a command that cannot sign shall not cost a night.
  init(
    _ sealing: Sealing, environment: EnvironmentVariables, network: Network, nonce: UInt64,
    at now: Instant
  ) async throws {
    authority = sealing.authority
    (self.network, self.nonce) = (network, nonce)
    switch sealing.signing {
    case nil:
      signer = nil
      sign = { _ in [] }
    case .key(let key):
      signer = key.signer
      sign = { try key.sign($0) }
    case .command(let text):
      let command = SignCommand(command: text, environment: environment)
      let trial = try ReturnedSignature(await command.sign(Self.trial), over: Self.trial)
      let concerns = trial.warnings(at: now)
      guard concerns.isEmpty else {
        throw SigningError.unacceptableSigner(concerns.joined(separator: " "))
      }
      let tried = trial.signer
      signer = tried
      sign = { content in
        let returned = try ReturnedSignature(await command.sign(content), over: content)
        guard returned.signer == tried else {
          throw SignCommandError.changedSigner(
            text, tried: tried.name, signed: returned.signer.name)
        }
        return returned.file
      }
    }
  }

  /// Writes what describes and proves the other files: the manifest, their digests, the signature, the time-stamp.
  ///
  /// The manifest says whether there is a time-stamp, so that nobody can take one away; without an answer of the
  /// authority it has to be written, and signed, once more.
  ///
  /// - Returns: Why the pack has no time-stamp although it was to have one.
  func seal(
    _ contents: PackContents, in pack: PackBuilder
  ) async throws -> (any AuditFailure)? {
    var contents = contents
    contents.surroundings.timestampAuthority = authority?.url.description
    let seal = try await sign(contents, in: pack)
    guard let authority else { return nil }
    do {
      try pack.write(
        try await timestamp(of: seal, from: authority), to: Seal.timestampFileName,
        mediaType: TimestampRequest.answerMediaType)
      return nil
    } catch let failure as any AuditFailure where !(failure is ArchiveError) {
      for path in ["VERIFY.txt", "manifest.json", Checksums.name] { try pack.remove(path) }
      if let signer { try pack.remove(signer.kind.fileName) }
      contents.surroundings.timestampAuthority = nil
      _ = try await sign(contents, in: pack)
      return failure
    }
  }

  /// Writes the manifest and the digests, and signs them.
  private func sign(_ contents: PackContents, in pack: PackBuilder) async throws -> Seal {
    try contents.writeVerifyText(into: pack)
    try contents.writeManifest(into: pack)
    let checksums = Checksums.of(pack.files)
    try pack.write(checksums, to: Checksums.name, mediaType: "text/plain")
    guard let signer else {
      return Seal(checksums: checksums, signer: nil, signature: nil, timestamp: nil)
    }
    let signature = try await sign(checksums)
    try pack.write(signature, to: signer.kind.fileName, mediaType: "application/octet-stream")
    return Seal(checksums: checksums, signer: signer, signature: signature, timestamp: nil)
  }

  /// A time-stamp of the seal.
  ///
  /// - Throws: why the authority gave none.
  private func timestamp(of seal: Seal, from authority: Sealing.Authority) async throws -> [UInt8] {
    let request = TimestampRequest(for: seal.stamped, nonce: nonce)
    let post = UnauthenticatedPost(
      url: authority.url, trustedCertificates: authority.trustedCertificates,
      proxy: authority.proxy, network: network)
    let answer = try await post.send(
      try request.encoded(), mediaType: TimestampRequest.mediaType,
      accepting: TimestampRequest.answerMediaType)
    return try request.accept(answer)
  }
}
