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
  func authorisation(replacing refused: Secret?) async throws(FetchError) -> Secret {
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

/// Access tokens by OAuth2 client credentials: fetched once, renewed before they expire and when a server refuses them.
///
/// Only one token request is in flight at a time; others wait for its result.
actor TokenSource {
  private struct Token {
    var value: Secret
    var expiry: ContinuousClock.Instant
  }

  private struct Answer: Decodable {
    var token: String
    var lifetime: Double?

    private enum CodingKeys: String, CodingKey {
      case token = "access_token"
      case lifetime = "expires_in"
    }
  }

  private let client: ClientCredentials
  private let transport: any HTTPTransport
  private let now: @Sendable () -> ContinuousClock.Instant
  private var token: Token?
  private var isRenewing = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// A lifetime where the server names none.
  private static let defaultLifetimeSeconds = 300.0
  /// How long before its expiry a token is renewed, at most.
  private static let marginSeconds = 60.0
  /// Longer lives are cut to a day: renewing is cheap, and a lifetime that no clock can hold would end the run.
  private static let longestLifetimeSeconds = 86_400.0

  init(
    client: ClientCredentials, transport: any HTTPTransport,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.client = client
    self.transport = transport
    self.now = now
  }

  /// A token that is not about to expire and is not one that a server has refused.
  func token(replacing refused: Secret? = nil) async throws(FetchError) -> Secret {
    while isRenewing {
      await withCheckedContinuation { waiting.append($0) }
    }
    if let token, token.value != refused, now() < token.expiry { return token.value }
    isRenewing = true
    defer {
      isRenewing = false
      for continuation in waiting { continuation.resume() }
      waiting = []
    }
    let renewed = try await request()
    token = renewed
    return renewed.value
  }

  private func request() async throws(FetchError) -> Token {
    var fields = [
      ("grant_type", "client_credentials"), ("client_id", client.id),
      ("client_secret", client.secret.reveal()),
    ]
    if !client.scopes.isEmpty { fields.append(("scope", client.scopes.joined(separator: " "))) }
    if let audience = client.audience { fields.append(("audience", audience)) }
    let asked = now()
    let response: HTTPResponseValue
    do {
      response = try await transport.send(
        HTTPRequestValue(
          method: .post, url: client.tokenURL,
          headers: [
            .init(name: "content-type", value: "application/x-www-form-urlencoded"),
            .init(name: "accept", value: "application/json"),
          ],
          body: Array(PercentEncoding.encode(fields).utf8)))
    } catch {
      throw .transport(error)
    }
    return try read(response, asked: asked)
  }

  private func read(
    _ response: HTTPResponseValue, asked: ContinuousClock.Instant
  ) throws(FetchError) -> Token {
    let foreign = ForeignAnswer(response: response, trace: SecretTrace(of: [client.secret]))
    switch response.status {
    case 200: break
    case 400, 401, 403: throw failure(response, foreign.reason, isProtocol: false)
    case 301, 302, 303, 307, 308:
      throw .redirected(
        response.status, place: place,
        target: RedirectTarget.origin(response.values("location").first, foreign.trace))
    case _ where response.isPassing:
      throw .busy(response.status, place: place, retryAfter: response.retryAfter)
    default: throw failure(response, foreign.reason, isProtocol: true)
    }
    guard response.mediaType != "text/html" else {
      throw failure(response, "HTML instead of JSON", isProtocol: true)
    }
    let answer: Answer
    do {
      answer = try JSONDocument.read(Answer.self, from: response.body)
    } catch {
      throw failure(
        response, "no access_token, or an expires_in that is not a number", isProtocol: false)
    }
    let token = Secret(answer.token)
    guard token.isSendable else {
      throw failure(
        response, "access_token is not a token that a header can carry", isProtocol: false)
    }
    let lifetime = min(answer.lifetime ?? Self.defaultLifetimeSeconds, Self.longestLifetimeSeconds)
    guard lifetime > 0 else {
      throw failure(response, "expires_in is not positive", isProtocol: false)
    }
    let usable = lifetime - min(Self.marginSeconds, lifetime * 0.1)
    return Token(value: token, expiry: asked + .milliseconds(Int64(usable * 1000)))
  }

  private func failure(
    _ response: HTTPResponseValue, _ reason: String, isProtocol: Bool
  ) -> FetchError {
    .tokenEndpoint(
      url: place, status: response.status, reason: reason, isProtocol: isProtocol)
  }

  /// The address for messages.
  private var place: String { WebAddress.redacted(client.tokenURL) }
}

extension ForeignAnswer {
  /// Why there is no token, as far as it may be shown: 201 and 203 may well have a token in their body.
  fileprivate var reason: String {
    oauthError ?? (mediaType == "text/html" ? "an HTML page" : "no error that can be shown\(facts)")
  }
}
