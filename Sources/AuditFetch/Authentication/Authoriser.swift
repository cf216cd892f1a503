import AuditModel
import FoundationEssentials

/// Says who asks, in the header of each request.
struct Authoriser: Sendable {
  private let credentials: Credentials
  private let tokens: TokenSource?

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
  var isBearer: Bool {
    if case .basic = credentials { false } else { true }
  }

  /// Whether a refused request may be sent once more with another token.
  var canRenew: Bool { tokens != nil }

  /// The value of the Authorization header; `refused` is one that the server has just refused.
  func authorisation(insteadOf refused: Secret? = nil) async throws(FetchError) -> Secret {
    switch credentials {
    case .basic(let user, let password):
      let pair = Data("\(user):\(password.reveal())".utf8).base64EncodedString()
      return Secret("Basic \(pair)")
    case .bearer(let token): return Secret("Bearer \(token.reveal())")
    case .clientCredentials:
      guard let tokens else { return Secret("") }
      let stale = refused.map { Secret(String($0.reveal().dropFirst("Bearer ".count))) }
      return Secret("Bearer \(try await tokens.token(insteadOf: stale).reveal())")
    }
  }
}
