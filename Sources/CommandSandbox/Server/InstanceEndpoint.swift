import NIOHTTP1

/// `GET /Workflow/Instances`.
struct InstanceEndpoint: Sendable {
  static let requestedWith = "x-keyfactor-requested-with"

  let options: SandboxOptions
  /// Ascending by reference id.
  let rows: [SandboxRow]
  let authenticator: Authenticator

  /// Whether a path in lower case is the endpoint's, on premises or in a container.
  static func isAt(_ path: String) -> Bool {
    ["/keyfactorapi", "/keyfactor/api"].contains { path == $0 + "/workflow/instances" }
  }

  func answer(_ request: Request) -> Answer {
    var answer = content(request)
    answer.headers.add(contentsOf: versionHeaders)
    var random = SeededRandom(seed: options.seed, stream: request.number &+ 0x434F_5252)
    answer.headers.add(name: "X-Keyfactor-Correlation-Id", value: random.guid())
    return answer
  }

  private func content(_ request: Request) -> Answer {
    guard request.method == .GET else {
      return Answer(status: .methodNotAllowed, headers: ["Allow": "GET"])
    }
    guard let principal = authenticator.principal(of: request) else { return authenticator.refusal }
    do throws(RequestError) {
      guard let value = request.headers.first(name: Self.requestedWith), !value.isEmpty else {
        throw .missingHeader(Self.requestedWith)
      }
      return page(
        try InstanceParameters(request, options, principal: principal), number: request.number)
    } catch {
      return error.answer
    }
  }

  private func page(_ parameters: InstanceParameters, number: UInt64) -> Answer {
    let matching = parameters.query.candidates(among: rows)
      .filter { parameters.query.holds(at: $0, of: rows) }
    var random = SeededRandom(seed: options.seed, stream: number &+ 0x4F52_4445)
    let sorted = parameters.order.sorted(matching, of: rows, &random)
    let (skipped, isPast) = (parameters.page - 1).multipliedReportingOverflow(by: parameters.limit)
    let shown = sorted.dropFirst(isPast ? sorted.count : skipped).prefix(parameters.limit)
    var answer = Answer.json(.ok, RowEncoder(options).encode(shown.map { rows[$0] }))
    answer.headers.add(name: "X-Total-Count", value: String(matching.count))
    return answer
  }

  private var versionHeaders: HTTPHeaders {
    var headers: HTTPHeaders = ["Api-Supported-Versions": "1.0"]
    switch options.profile {
    case .v25: headers.add(name: "X-Keyfactor-Product-Version", value: "25.5.1")
    case .v11: headers.add(name: "X-Keyfactor-Product-Version", value: "11.3.0")
    case .v10: break
    }
    return headers
  }
}
