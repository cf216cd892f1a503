internal import NIOHTTP1

/// What the sandbox answers, without a network: a function from request to answer.
///
/// A server that misbehaves is a change to one of the two values, made here.
struct Router: Sendable {
  let instances: InstanceEndpoint
  let definitions: DefinitionEndpoint
  let audit: AuditEndpoint
  let token: TokenEndpoint

  init(
    _ options: SandboxOptions, rows: [SandboxRow], decisions: SandboxDecisions, tokens: TokenBook
  ) {
    let authenticator = Authenticator(options: options, tokens: tokens)
    instances = InstanceEndpoint(options: options, rows: rows, authenticator: authenticator)
    definitions = DefinitionEndpoint(
      options: options, catalogue: WorkflowCatalogue(seed: options.seed),
      authenticator: authenticator)
    audit = AuditEndpoint(
      options: options, rows: SandboxAuditRow.rows(of: decisions, seed: options.seed),
      authenticator: authenticator)
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
    if let id = DefinitionEndpoint.id(in: path) { return definitions.answer(request, id: id) }
    if AuditEndpoint.isAt(path) { return audit.answer(request) }
    if path == TokenEndpoint.path { return token.answer(request) }
    return Answer(status: .notFound)
  }
}

/// An answer of the sandbox.
struct Answer {
  var status: HTTPResponseStatus
  var headers = HTTPHeaders()
  var body: [UInt8] = []

  /// An answer in JSON.
  static func json(_ status: HTTPResponseStatus, _ body: [UInt8]) -> Answer {
    Answer(
      status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: body)
  }

  /// An answer in JSON with an object of texts, in the order given.
  static func json(_ status: HTTPResponseStatus, _ fields: [(String, String)]) -> Answer {
    var body: [UInt8] = []
    for (name, value) in fields {
      body.append(UInt8(ascii: body.isEmpty ? "{" : ","))
      JSONText.append(name, to: &body)
      body.append(UInt8(ascii: ":"))
      JSONText.append(value, to: &body)
    }
    return json(status, body + [UInt8(ascii: "}")])
  }
}

/// What the API refuses with status 400, in the vendor's shape.
///
/// The codes of a bad sort field and of a missing header are the vendor's; that of queries and
/// parameters is not public, so the one for a bad format stands in.
enum RequestError: Error {
  case missingHeader(String)
  case sortField(String)
  case query(QueryError)
  case parameter(name: String, value: String)

  var answer: Answer {
    switch self {
    case .missingHeader(let name):
      error("0xA0110007", "A value for the header '\(name)' is required.")
    case .sortField(let name): error("0xA011004A", "Invalid sort field: \(name).")
    case .query(let reason): error("0xA0110008", reason.description)
    case .parameter(let name, let value):
      error("0xA0110008", "The format '\(value)' is invalid for \(name).")
    }
  }

  private func error(_ code: String, _ message: String) -> Answer {
    .json(.badRequest, [("ErrorCode", code), ("Message", message)])
  }
}
