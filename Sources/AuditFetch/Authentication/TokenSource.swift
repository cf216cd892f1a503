import AuditModel

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
