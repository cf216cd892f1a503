internal import FoundationEssentials
internal import NIOHTTP1
internal import Synchronization

/// `POST /oauth2/token`: client credentials for a bearer token, as RFC 6749 has it.
struct TokenEndpoint: Sendable {
  static let path = "/oauth2/token"

  let options: SandboxOptions
  let tokens: TokenBook

  func answer(_ request: Request) -> Answer {
    guard request.method == .POST else {
      return Answer(status: .methodNotAllowed, headers: ["Allow": "POST"])
    }
    let form = FormFields(String(decoding: request.body, as: UTF8.self))
    guard form["grant_type"] == "client_credentials" else {
      return .json(.badRequest, [("error", "unsupported_grant_type")])
    }
    guard form["client_id"] == options.clientID, form["client_secret"] == options.clientSecret
    else {
      return .json(
        .unauthorized,
        [("error", "invalid_client"), ("error_description", "Invalid client or Invalid secret")])
    }
    let lifetime = options.tokenLifetimeSeconds
    let token = tokens.issue(lifetimeSeconds: lifetime, uptime: request.uptime)
    var answer = Answer.json(
      .ok,
      Array(
        #"{"access_token":"\#(token)","expires_in":\#(lifetime),"token_type":"Bearer"}"#.utf8))
    answer.headers.add(name: "Cache-Control", value: "no-store")
    return answer
  }
}

/// The tokens that the sandbox has given out.
final class TokenBook: Sendable {
  /// By token, the uptime at which it expires, in nanoseconds.
  private let expiries: Mutex<[String: UInt64]> = Mutex([:])
  private let random: Mutex<SeededRandom>

  init(seed: UInt64) {
    random = Mutex(SeededRandom(seed: seed, stream: 0x544F_4B45))
  }

  /// How many tokens were given out.
  var count: Int { expiries.withLock { $0.count } }

  /// A token that is good for so long.
  func issue(lifetimeSeconds: Int, uptime: UInt64) -> String {
    let token = "sandbox-" + random.withLock { $0.guid() }
    expiries.withLock { $0[token] = uptime + UInt64(max(lifetimeSeconds, 0)) * 1_000_000_000 }
    return token
  }

  func isValid(_ token: String, uptime: UInt64) -> Bool {
    expiries.withLock { expiries in expiries[token].map { uptime < $0 } ?? false }
  }

  /// Makes every token given out so far invalid.
  func revokeAll() {
    expiries.withLock { $0 = $0.mapValues { _ in 0 } }
  }
}

/// Who may call the API.
struct Authenticator: Sendable {
  let options: SandboxOptions
  let tokens: TokenBook

  /// Who asks, as the product names them; `nil` without valid credentials.
  private func principal(of request: Request) -> String? {
    let header = request.headers.first(name: "Authorization") ?? ""
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "basic" where options.authentication != .oauth:
      let pair = Data("\(options.userName):\(options.password)".utf8).base64EncodedString()
      return parts[1] == pair ? options.userName : nil
    case "bearer" where options.authentication != .basic:
      return tokens.isValid(String(parts[1]), uptime: request.uptime) ? options.clientID : nil
    default: return nil
    }
  }

  /// Has a request answered that reads, once it is known who asks.
  func reading(
    _ request: Request, _ answer: (_ principal: String) throws(RequestError) -> Answer
  ) -> Answer {
    guard request.method == .GET else {
      return Answer(status: .methodNotAllowed, headers: ["Allow": "GET"])
    }
    guard let principal = principal(of: request) else { return refusal }
    do {
      return try answer(principal)
    } catch {
      return error.answer
    }
  }

  /// The answer to a request without valid credentials: an empty body, as web servers give.
  private var refusal: Answer {
    var answer = Answer(status: .unauthorized)
    if options.authentication != .oauth {
      answer.headers.add(name: "WWW-Authenticate", value: #"Basic realm="Keyfactor Command""#)
    }
    if options.authentication != .basic {
      answer.headers.add(name: "WWW-Authenticate", value: #"Bearer realm="Keyfactor Command""#)
    }
    return answer
  }
}
