import NIOHTTP1

/// `GET /Audit`: rows of the audit log by time, for an account that may read it.
struct AuditEndpoint: Sendable {
  let options: SandboxOptions
  /// Ascending by number and by time.
  let rows: [SandboxAuditRow]
  let authenticator: Authenticator

  /// Whether a path in lower case is the endpoint's.
  static func isAt(_ path: String) -> Bool {
    ["/keyfactorapi", "/keyfactor/api"].contains { path == $0 + "/audit" }
  }

  func answer(_ request: Request) -> Answer {
    guard request.method == .GET else {
      return Answer(status: .methodNotAllowed, headers: ["Allow": "GET"])
    }
    guard authenticator.principal(of: request) != nil else { return authenticator.refusal }
    guard !options.refusesAudit else {
      return .json(
        .forbidden,
        [("Message", "User does not have the required permissions: /auditing/read/.")])
    }
    do throws(RequestError) {
      return try page(request)
    } catch {
      return error.answer
    }
  }

  private func page(_ request: Request) throws(RequestError) -> Answer {
    let fields = request.parameters
    func value(_ name: String) -> String? {
      fields["pq.\(name)"] ?? (options.profile == .v10 ? nil : fields[name])
    }
    func number(_ name: String, _ fallback: Int) throws(RequestError) -> Int {
      guard let text = value(name), !text.isEmpty else { return fallback }
      guard let number = Int(text), 1...Int(Int32.max) ~= number else {
        throw .parameter(name: name, value: text)
      }
      return number
    }
    let conditions = try Self.conditions(value("QueryString") ?? "", now: request.now)
    let limit = try number("ReturnLimit", 50)
    let skipped = (try number("PageReturned", 1) - 1).multipliedReportingOverflow(by: limit)
    let matching = rows.filter { row in
      conditions.allSatisfy { $0.relation.holds(row.timestamp, $0.limit) }
    }
    var body: [UInt8] = []
    for row in matching.dropFirst(skipped.overflow ? matching.count : skipped.partialValue)
      .prefix(limit)
    {
      body.append(UInt8(ascii: body.isEmpty ? "[" : ","))
      row.append(to: &body)
    }
    return .json(.ok, body.isEmpty ? Array("[]".utf8) : body + [UInt8(ascii: "]")])
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
