/// Reads `(StartDate -ge "2026-10-01" AND ReferenceId -gt 5) OR Status -eq "Failed"`.
///
/// ```
/// query  = [ or ]        or  = and { "OR" and }      and = term { "AND" term }
/// term   = "(" or ")" | field op value               value = quoted | integer | guid | NULL
/// ```
struct QueryParser {
  private static let deepest = 64

  private let tokens: [QueryToken]
  private let context: QueryContext
  private var place = 0

  private init(_ tokens: [QueryToken], _ context: QueryContext) {
    self.tokens = tokens
    self.context = context
  }

  /// Parses a query; an empty one holds for everything.
  static func parse(_ query: String, _ context: QueryContext) throws(QueryError) -> Query {
    var parser = QueryParser(try QueryLexer.tokens(of: query), context)
    if parser.current.kind == .end { return .everything }
    let parsed = try parser.alternatives(depth: 0)
    guard parser.current.kind == .end else { throw parser.unexpected("AND, OR or the end") }
    return parsed
  }

  /// The last token is the end, and nothing moves past it.
  private var current: QueryToken { tokens[place] }

  private mutating func advance() {
    place = min(place + 1, tokens.count - 1)
  }

  private func unexpected(_ expected: String) -> QueryError {
    .unexpected(found: current.name, expected: expected, offset: current.offset)
  }

  private mutating func alternatives(depth: Int) throws(QueryError) -> Query {
    var parts = [try conjunction(depth: depth)]
    while take("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(QueryError) -> Query {
    var parts = [try term(depth: depth)]
    while take("and") { parts.append(try term(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term(depth: Int) throws(QueryError) -> Query {
    guard current.kind == .open else { return try clause() }
    guard depth < Self.deepest else { throw .tooDeep }
    advance()
    let inner = try alternatives(depth: depth + 1)
    guard current.kind == .close else { throw unexpected("')'") }
    advance()
    return inner
  }

  private mutating func clause() throws(QueryError) -> Query {
    guard case .word(let name) = current.kind else { throw unexpected("a field") }
    guard let field = RowField(queryName: name) else { throw .unknownField(name) }
    advance()
    guard case .comparison(let word) = current.kind else { throw unexpected("an operator") }
    advance()
    if case .word(let text) = current.kind, text.lowercased() == "null" {
      guard word == "eq" || word == "ne" else {
        throw .unfitOperator("-\(word)", field: "NULL")
      }
      advance()
      return .missing(field, word == "eq")
    }
    let value = try value()
    advance()
    return try comparison(field, word, value)
  }

  /// Bare values are integers and GUIDs; everything else stands in quotes.
  private func value() throws(QueryError) -> String {
    switch current.kind {
    case .quoted(let text): return text
    case .word(let text) where Int64(text) != nil || Self.isGUID(text): return text
    default: throw unexpected("a value")
    }
  }

  private func comparison(
    _ field: RowField, _ word: String, _ value: String
  ) throws(QueryError) -> Query {
    let name = field.rawValue
    switch field.kind {
    case .text:
      guard let relation = TextRelation(rawValue: word) else {
        throw .unfitOperator("-\(word)", field: name)
      }
      let isMe = field == .initiatingUserName && value.uppercased() == "%ME%"
      return .text(field, relation, FoldedText(isMe ? context.principal : value))
    case .integer, .date:
      guard let relation = NumberRelation(rawValue: word) else {
        throw .unfitOperator("-\(word)", field: name)
      }
      let number =
        field.kind == .date ? DateLiteral.milliseconds(value, now: context.now) : Int64(value)
      guard let number else { throw .unfitValue(value, field: name) }
      return .number(field, relation, number)
    }
  }

  private mutating func take(_ word: String) -> Bool {
    guard case .word(let found) = current.kind, found.lowercased() == word else { return false }
    advance()
    return true
  }

  private static func isGUID(_ text: String) -> Bool {
    text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
      == [8, 4, 4, 4, 12] && text.allSatisfy { $0 == "-" || $0.isHexDigit }
  }
}
