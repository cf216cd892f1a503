import NIOHTTP1

/// `GET /Workflow/Instances`.
struct InstanceEndpoint: Sendable {
  let options: SandboxOptions
  /// Ascending by reference id.
  let rows: [SandboxRow]
  let authenticator: Authenticator

  func answer(_ request: Request) -> Answer {
    var answer = authenticator.reading(request) { principal throws(RequestError) in
      try request.checkRequestedWith()
      return page(
        try InstanceParameters(request, options, principal: principal), number: request.number)
    }
    answer.headers.add(contentsOf: versionHeaders)
    var random = SeededRandom(seed: options.seed, stream: request.number &+ 0x434F_5252)
    answer.headers.add(name: "X-Keyfactor-Correlation-Id", value: random.guid())
    return answer
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

  /// Reads what was sent; unknown parameters are ignored, as the product does.
  init(_ request: Request, _ options: SandboxOptions, principal: String) throws(RequestError) {
    let fields = ListParameters(request, options)
    do {
      query = try QueryParser.parse(
        fields["QueryString"] ?? "", QueryContext(now: request.now, principal: principal))
    } catch {
      throw .query(error)
    }
    page = try fields.number("PageReturned", 1)
    let asked = try fields.number("ReturnLimit", 50)
    limit = min(asked, options.pageLimit ?? asked)
    let name = fields["SortField"] ?? ""
    guard let field = name.isEmpty ? .currentStepDisplayName : RowField(sortName: name) else {
      throw .sortField(name)
    }
    order = SortOrder(
      field: field, isDescending: try fields.number("SortAscending", 0, in: 0...1) == 1)
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

/// `GET /Audit`: rows of the audit log by time, for an account that may read it.
struct AuditEndpoint: Sendable {
  let options: SandboxOptions
  /// Ascending by number and by time.
  let rows: [SandboxAuditRow]
  let authenticator: Authenticator

  func answer(_ request: Request) -> Answer {
    authenticator.reading(request) { _ throws(RequestError) in
      if options.refusesAudit {
        return .json(
          .forbidden,
          [("Message", "User does not have the required permissions: /auditing/read/.")])
      }
      return try page(request)
    }
  }

  private func page(_ request: Request) throws(RequestError) -> Answer {
    let fields = ListParameters(request, options)
    let conditions = try Self.conditions(fields["QueryString"] ?? "", now: request.now)
    let limit = try fields.number("ReturnLimit", 50)
    let skipped = (try fields.number("PageReturned", 1) - 1).multipliedReportingOverflow(by: limit)
    let matching = rows.filter { row in
      conditions.allSatisfy { $0.relation.holds(row.timestamp, $0.limit) }
    }
    let shown = matching.dropFirst(skipped.overflow ? matching.count : skipped.partialValue)
      .prefix(limit)
    return .json(.ok, JSONValue.list(shown.map(\.json)).bytes())
  }

  /// `Timestamp -ge "2026-10-01T00:00:00Z" AND …`: nothing else is asked of the sandbox.
  private static func conditions(
    _ query: String, now: Int64
  ) throws(RequestError) -> [(relation: NumberRelation, limit: Int64)] {
    do throws(QueryError) {
      var conditions: [(relation: NumberRelation, limit: Int64)] = []
      var tokens = try QueryLexer.tokens(of: query)[...]
      while let token = tokens.popFirst(), token.kind != .end {
        if case .word(let word) = token.kind, !conditions.isEmpty, word.lowercased() == "and" {
          continue
        }
        guard case .word(let field) = token.kind, field.lowercased() == "timestamp" else {
          throw QueryError.unexpected(
            found: token.name, expected: "Timestamp", offset: token.offset)
        }
        guard case .comparison(let word)? = tokens.popFirst()?.kind,
          let relation = NumberRelation(rawValue: word),
          case .quoted(let text)? = tokens.popFirst()?.kind,
          let limit = DateLiteral.milliseconds(text, now: now)
        else { throw QueryError.unfitValue("", field: "Timestamp") }
        conditions.append((relation, limit))
      }
      return conditions
    } catch {
      throw .query(error)
    }
  }
}

/// The parameters of a list, under the names that a release understands: version 10 ignores bare ones.
struct ListParameters {
  private let fields: FormFields
  private let takesBareNames: Bool

  init(_ request: Request, _ options: SandboxOptions) {
    fields = request.parameters
    takesBareNames = options.profile != .v10
  }

  subscript(name: String) -> String? {
    fields["pq.\(name)"] ?? (takesBareNames ? fields[name] : nil)
  }

  /// A whole number, or the fallback where nothing is set.
  func number(
    _ name: String, _ fallback: Int, in range: ClosedRange<Int> = 1...Int(Int32.max)
  ) throws(RequestError) -> Int {
    guard let text = self[name], !text.isEmpty else { return fallback }
    if let number = Int(text), range ~= number { return number }
    throw .parameter(name: name, value: text)
  }
}
