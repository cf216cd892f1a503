import NIOHTTP1

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
