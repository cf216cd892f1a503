import AuditEvidence
import AuditFetch
import AuditModel
import AuditPlan

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
    self.network = network
    self.nonce = nonce
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
      let concerns = trial.concerns(at: now)
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

  /// Signs SHA256SUMS; `nil` when nothing signs.
  func signature(over checksums: [UInt8]) async throws -> (path: String, bytes: [UInt8])? {
    guard let signer else { return nil }
    return (signer.kind.fileName, try await sign(checksums))
  }

  /// A time-stamp of the seal.
  ///
  /// - Throws: why the authority gave none.
  func timestamp(of seal: Seal, from authority: Sealing.Authority) async throws -> [UInt8] {
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
