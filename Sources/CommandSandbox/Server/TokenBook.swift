import Synchronization

/// The tokens that the sandbox has given out.
final class TokenBook: Sendable {
  private let expiries: Mutex<[String: Int64]> = Mutex([:])

  /// How many tokens were given out.
  var count: Int { expiries.withLock { $0.count } }

  func isValid(_ token: String, now: Int64) -> Bool {
    expiries.withLock { $0[token].map { now < $0 } ?? false }
  }

  /// Makes every token invalid.
  func revokeAll() {
    expiries.withLock { expiries in
      for token in expiries.keys { expiries[token] = .min }
    }
  }

  /// Answers a request for a token.
  func answer(_ request: Request, _ options: SandboxOptions, now: Int64) -> Answer {
    let json = [("Content-Type", "application/json")]
    guard request.method == "POST" else { return Answer(status: 405, headers: [("Allow", "POST")]) }
    let form = Request.fields(request.body)
    guard form["grant_type"] == "client_credentials", form["client_id"] == options.clientID,
      form["client_secret"] == options.clientSecret
    else {
      return Answer(status: 401, headers: json, body: Array(#"{"error":"invalid_client"}"#.utf8))
    }
    let lifetime = options.tokenLifetimeSeconds
    let token = expiries.withLock { expiries in
      let token = "sandbox-token-\(expiries.count + 1)"
      expiries[token] = now + Int64(lifetime) * 1000
      return token
    }
    let body =
      "{\"access_token\":\"\(token)\",\"token_type\":\"Bearer\",\"expires_in\":\(lifetime)}"
    return Answer(status: 200, headers: json, body: Array(body.utf8))
  }
}
