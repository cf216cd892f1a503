internal import NIOHTTP1
internal import Synchronization

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
    if path == TokenEndpoint.path { return token.answer(request) }
    // On premises, or in a container.
    guard let base = ["/keyfactorapi/", "/keyfactor/api/"].first(where: { path.hasPrefix($0) })
    else { return Answer(status: .notFound) }
    let place = String(path.dropFirst(base.count))
    return switch place {
    case "workflow/instances": instances.answer(request)
    case "audit": audit.answer(request)
    case _ where place.hasPrefix(DefinitionEndpoint.place):
      definitions.answer(request, id: String(place.dropFirst(DefinitionEndpoint.place.count)))
    default: Answer(status: .notFound)
    }
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
    json(status, JSONValue.object(fields.map { ($0, .text($1)) }).bytes())
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

/// A request to the sandbox, as far as it looks at it.
struct Request {
  /// How many requests came before it, from 0.
  var number: UInt64
  /// What the server's clock said, in milliseconds since 1970.
  var now: Int64
  /// The machine's monotonic clock in nanoseconds: what tokens live by.
  var uptime: UInt64
  var method: HTTPMethod
  /// Path and query as sent.
  var target: String
  var headers: HTTPHeaders
  var body: [UInt8]

  /// The decoded path in lower case: the product's web server does not tell cases apart.
  var path: String { PercentText.decode(target.prefix { $0 != "?" }).lowercased() }

  /// The parameters of the query.
  var parameters: FormFields {
    FormFields(String(target.drop { $0 != "?" }.dropFirst()))
  }

  /// Refuses a request without the header that the workflow API requires.
  func checkRequestedWith() throws(RequestError) {
    let name = "x-keyfactor-requested-with"
    if headers.first(name: name)?.isEmpty ?? true { throw .missingHeader(name) }
  }
}

/// The requests that came, in their order.
final class RequestLog: Sendable {
  private let entries: Mutex<[String]> = Mutex([])

  var lines: [String] { entries.withLock { $0 } }

  /// Notes a request, and says how many came before it.
  func add(_ line: String) -> UInt64 {
    entries.withLock { entries in
      entries.append(line)
      return UInt64(entries.count - 1)
    }
  }
}

/// The fields of a query string or a form, by name without regard to case.
struct FormFields {
  private var values: [String: String] = [:]

  /// Splits `a=1&b=2`; of a field that comes twice, the first counts.
  init(_ text: String) {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentText.decode(parts[0], plusIsSpace: true).lowercased()
      let value = parts.count == 2 ? PercentText.decode(parts[1], plusIsSpace: true) : ""
      if values[name] == nil { values[name] = value }
    }
  }

  subscript(name: String) -> String? { values[name.lowercased()] }
}

/// Percent-encoded text.
enum PercentText {
  /// Decodes; what is not a valid escape stays as it is.
  static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = escape(rest.prefix(2)) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2, digits.first != UInt8(ascii: "+") else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
