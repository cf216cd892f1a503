import NIOHTTP1

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
