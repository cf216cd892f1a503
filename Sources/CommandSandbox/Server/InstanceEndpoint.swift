import FoundationEssentials

/// `GET /Workflow/Instances` and the token endpoint: what the sandbox answers, without a network.
struct InstanceEndpoint: Sendable {
  let options: SandboxOptions
  let rows: [SandboxRow]
  let tokens: TokenBook

  private static let paths = ["/keyfactorapi", "/keyfactor/api"]

  func answer(_ request: Request, now: Int64) -> Answer {
    if request.path == "/oauth2/token" { return tokens.answer(request, options, now: now) }
    guard let base = Self.paths.first(where: request.path.hasPrefix) else {
      return Answer(status: 404)
    }
    guard isAuthorised(request, now: now) else {
      return Answer(status: 401, headers: [("WWW-Authenticate", "Basic realm=\"Command\", Bearer")])
    }
    guard request.headers["x-keyfactor-requested-with"] != nil else {
      return Self.error(400, "0xA0110007", "The header x-keyfactor-requested-with is missing.")
    }
    guard request.path.dropFirst(base.count) == "/workflow/instances" else {
      return Self.error(404, "0xA0110009", "There is no such endpoint.")
    }
    guard request.method == "GET" else { return Answer(status: 405, headers: [("Allow", "GET")]) }
    return instances(request, now: now)
  }

  private func instances(_ request: Request, now: Int64) -> Answer {
    let parameters = request.parameters
    func parameter(_ name: String) -> String? {
      parameters["pq." + name] ?? (options.profile == .v10 ? nil : parameters[name])
    }
    let query: Query
    do {
      query = try QueryParser.parse(
        parameter("querystring") ?? "", now: now, user: options.userName)
    } catch QueryError.unknownField(let name) {
      return Self.error(400, "0xA0110004", "Unknown query field: \(name).")
    } catch {
      return Self.error(400, "0xA0110008", "The query cannot be read.")
    }
    let sortField = parameter("sortfield") ?? "CurrentStepDisplayName"
    guard let order = RowOrder(field: sortField, isDescending: parameter("sortascending") == "1")
    else { return Self.error(400, "0xA011004A", "Invalid sort field: \(sortField).") }
    let asked = parameter("returnlimit").flatMap(Int.init) ?? 50
    let limit = min(asked, options.pageLimit ?? asked)
    let page = parameter("pagereturned").flatMap(Int.init) ?? 1
    guard limit > 0, page > 0 else {
      return Self.error(400, "0xA0110005", "ReturnLimit and PageReturned count from 1.")
    }
    let matching = order.sorted(rows.filter { query.holds(for: $0) })
    let first = min((page - 1) * limit, matching.count)
    let body = RowEncoder(options: options).encode(matching[first...].prefix(limit))
    return Answer(
      status: 200,
      headers: [
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-Total-Count", String(matching.count)),
      ] + versionHeaders, body: body)
  }

  private var versionHeaders: [(String, String)] {
    switch options.profile {
    case .v25:
      [("Api-Supported-Versions", "1.0"), ("X-Keyfactor-Product-Version", "25.4.1")]
    case .v11:
      [("Api-Supported-Versions", "1.0"), ("X-Keyfactor-Product-Version", "11.3.0")]
    case .v10: [("Api-Supported-Versions", "1.0")]
    }
  }

  private func isAuthorised(_ request: Request, now: Int64) -> Bool {
    let header = request.headers["authorization"] ?? ""
    if options.authentication != .oauth {
      let pair = Data("\(options.userName):\(options.password)".utf8).base64EncodedString()
      if header == "Basic \(pair)" { return true }
    }
    guard options.authentication != .basic, header.hasPrefix("Bearer ") else { return false }
    return tokens.isValid(String(header.dropFirst(7)), now: now)
  }

  private static func error(_ status: Int, _ code: String, _ message: String) -> Answer {
    let text = message.filter { $0 != "\"" && $0 != "\\" }
    return Answer(
      status: status, headers: [("Content-Type", "application/json; charset=utf-8")],
      body: Array("{\"ErrorCode\":\"\(code)\",\"Message\":\"\(text)\"}".utf8))
  }
}
