import AuditModel
import FoundationEssentials
import Synchronization

/// Says who asks, in the header of each request.
final class Authoriser: Sendable {
  private let credentials: Credentials
  private let tokens: TokenSource?
  /// The trace of the header that was sent last: many requests carry the same one.
  private let last: Mutex<(authorisation: Secret, trace: SecretTrace)?> = Mutex(nil)

  init(
    credentials: Credentials, transport: any HTTPTransport,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.credentials = credentials
    if case .clientCredentials(let client) = credentials {
      tokens = TokenSource(client: client, transport: transport, now: now)
    } else {
      tokens = nil
    }
  }

  /// Whether requests carry a token rather than a password.
  var isBearer: Bool { if case .basic = credentials { false } else { true } }

  /// Whether a refused request may be sent once more with another token.
  var canRenew: Bool { tokens != nil }

  /// Finds what must not be shown again after a request with this header, in whole or in part.
  func trace(of authorisation: Secret) -> SecretTrace {
    last.withLock { last in
      if let last, last.authorisation == authorisation { return last.trace }
      let trace = SecretTrace(of: secrets(in: authorisation))
      last = (authorisation, trace)
      return trace
    }
  }

  /// Whether a text may hold what was sent last.
  func isReflected(in text: String) -> Bool { last.withLock { $0?.trace.isIn(text.utf8) ?? false } }

  private func secrets(in authorisation: Secret) -> [Secret] {
    let value = authorisation.reveal()
    let sent = [authorisation, Secret(String(value.unicodeScalars.drop { $0 != " " }.dropFirst()))]
    return switch credentials {
    case .basic(_, let password): sent + [password]
    case .bearer: sent
    case .clientCredentials(let client): sent + [client.secret]
    }
  }

  /// The value of the Authorization header; `refused` is one that the server has just refused.
  func authorisation(replacing refused: Secret? = nil) async throws(FetchError) -> Secret {
    switch credentials {
    case .basic(let user, let password):
      let pair = Data("\(user):\(password.reveal())".utf8).base64EncodedString()
      return Secret("Basic \(pair)")
    case .bearer(let token):
      guard token.isSendable else { throw .unsendableToken }
      return Secret("Bearer \(token.reveal())")
    case .clientCredentials:
      guard let tokens else { return Secret("") }
      let stale = refused.map { Secret(String($0.reveal().dropFirst("Bearer ".count))) }
      return Secret("Bearer \(try await tokens.token(replacing: stale).reveal())")
    }
  }
}

extension Secret {
  /// Whether a header can carry it: visible ASCII, as tokens are (RFC 6750, 2.1).
  var isSendable: Bool {
    let bytes = reveal().utf8
    return !bytes.isEmpty && bytes.allSatisfy { 0x21...0x7E ~= $0 }
  }
}
