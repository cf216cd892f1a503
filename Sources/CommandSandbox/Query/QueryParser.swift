/// Reads `(StartDate -ge "2026-10-01" AND ReferenceId -gt 5) OR Status -eq "Failed"`.
struct QueryParser {
  private var tokens: ArraySlice<QueryToken>
  private let now: Int64
  private let user: String

  /// Parses a query; `%TODAY%` is counted from `now`, `%ME%` is `user`.
  static func parse(_ query: String, now: Int64, user: String) throws -> Query {
    var parser = QueryParser(tokens: try QueryToken.words(of: query)[...], now: now, user: user)
    if parser.tokens.isEmpty { return .everything }
    let parsed = try parser.alternatives()
    guard parser.tokens.isEmpty else { throw QueryError.unparsable }
    return parsed
  }

  private mutating func alternatives() throws -> Query {
    var parts = [try conjunction()]
    while takeWord("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws -> Query {
    var parts = [try term()]
    while takeWord("and") { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws -> Query {
    guard tokens.first != .open else {
      tokens.removeFirst()
      let inner = try alternatives()
      guard tokens.popFirst() == .close else { throw QueryError.unparsable }
      return inner
    }
    guard case .word(let name)? = tokens.popFirst() else { throw QueryError.unparsable }
    let field = try QueryField(name: name)
    guard case .comparison(let word)? = tokens.popFirst(),
      let comparison = QueryComparison(rawValue: word), let token = tokens.popFirst()
    else { throw QueryError.unparsable }
    return .comparison(field, comparison, try value(token, for: field))
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard case .word(let found)? = tokens.first, found.lowercased() == word else { return false }
    tokens.removeFirst()
    return true
  }

  private func value(_ token: QueryToken, for field: QueryField) throws -> QueryValue {
    let text: String
    switch token {
    case .word(let word) where word.lowercased() == "null": return .null
    case .word(let word): text = word
    case .quoted(let quoted): text = quoted
    default: throw QueryError.unparsable
    }
    guard field.isNumber else {
      return .text(
        text.split(separator: "%ME%", omittingEmptySubsequences: false).joined(separator: user))
    }
    let number = field.isDate ? QueryDate.milliseconds(text, now: now) : Int64(text)
    guard let number else { throw QueryError.unparsable }
    return .number(number)
  }
}
