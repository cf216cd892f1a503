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

/// The documented parameters of `GET /Workflow/Instances`.
struct InstanceParameters {
  let query: Query
  let page: Int
  let limit: Int
  let order: SortOrder

  /// Reads what was sent; unknown parameters are ignored, as the product does, and so are bare names
  /// by version 10.
  init(_ request: Request, _ options: SandboxOptions, principal: String) throws(RequestError) {
    let fields = request.parameters
    func value(_ name: String) -> String? {
      fields["pq.\(name)"] ?? (options.profile == .v10 ? nil : fields[name])
    }
    func number(_ name: String, _ fallback: Int, in range: ClosedRange<Int>) throws(RequestError)
      -> Int
    {
      guard let value = value(name), !value.isEmpty else { return fallback }
      guard let number = Int(value), range ~= number else {
        throw .parameter(name: name, value: value)
      }
      return number
    }
    do {
      query = try QueryParser.parse(
        value("QueryString") ?? "", QueryContext(now: request.now, principal: principal))
    } catch {
      throw .query(error)
    }
    let positive = 1...Int(Int32.max)
    page = try number("PageReturned", 1, in: positive)
    let asked = try number("ReturnLimit", 50, in: positive)
    limit = min(asked, options.pageLimit ?? asked)
    let name = value("SortField") ?? ""
    guard let field = name.isEmpty ? .currentStepDisplayName : RowField(sortName: name) else {
      throw .sortField(name)
    }
    order = SortOrder(
      field: field, isDescending: try number("SortAscending", 0, in: 0...1) == 1)
  }
}

/// The order of an answer's rows.
struct SortOrder {
  var field: RowField
  var isDescending: Bool

  /// Sorts places of rows, which come ascending.
  ///
  /// A database promises no order among rows that are equal in the sort field, and it differs from
  /// request to request: here it is drawn, so that a client that relies on it fails at once.
  func sorted(
    _ places: [Int], of rows: [SandboxRow], _ random: inout SeededRandom
  ) -> [Int] {
    if field == .referenceID { return isDescending ? places.reversed() : places }
    let shuffled = places.shuffled(using: &random)
    return field.kind == .text
      ? sorted(shuffled) { field.text(at: $0, of: rows).map { FoldedText($0) } }
      : sorted(shuffled) { field.number(at: $0, of: rows) }
  }

  /// Sorts by a key, rows without one first, as the product's database does.
  private func sorted<Key: Comparable>(_ places: [Int], by key: (Int) -> Key?) -> [Int] {
    let keyed = places.enumerated().map { (key: key($1), turn: $0, place: $1) }
    let sorted = keyed.sorted { left, right in
      if left.key == right.key { return left.turn < right.turn }
      guard let leftKey = left.key, let rightKey = right.key else {
        return (left.key == nil) != isDescending
      }
      return isDescending ? leftKey > rightKey : leftKey < rightKey
    }
    return sorted.map(\.place)
  }
}
