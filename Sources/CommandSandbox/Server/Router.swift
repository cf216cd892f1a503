import NIOHTTP1

/// What the sandbox answers, without a network: a function from request to answer.
///
/// A server that misbehaves is a change to one of the two values, made here.
struct Router: Sendable {
  let instances: InstanceEndpoint
  let token: TokenEndpoint

  init(_ options: SandboxOptions, rows: [SandboxRow], tokens: TokenBook) {
    instances = InstanceEndpoint(
      options: options, rows: rows,
      gatekeeper: Gatekeeper(options: options, tokens: tokens))
    token = TokenEndpoint(options: options, tokens: tokens)
  }

  func answer(_ request: Request) -> Answer {
    var answer = content(request)
    answer.headers.add(name: "Date", value: CivilTime(milliseconds: request.now).headerDate)
    answer.headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.count))
    return answer
  }

  private func content(_ request: Request) -> Answer {
    let path = request.path
    if InstanceEndpoint.isAt(path) { return instances.answer(request) }
    if path == TokenEndpoint.path { return token.answer(request) }
    return Answer(status: .notFound)
  }
}
