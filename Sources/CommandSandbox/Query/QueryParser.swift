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

  /// Bare values are integers and GUIDs; everything else is in quotes.
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

/// Splits a query into words.
struct QueryLexer {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ query: String) {
    bytes = Array(query.utf8)
  }

  /// All words, the end last.
  static func tokens(of query: String) throws(QueryError) -> [QueryToken] {
    var lexer = QueryLexer(query)
    var tokens = [try lexer.next()]
    while tokens.last?.kind != .end { tokens.append(try lexer.next()) }
    return tokens
  }

  private mutating func next() throws(QueryError) -> QueryToken {
    take(while: Self.isSpace)
    let start = offset
    guard start < bytes.count else { return QueryToken(kind: .end, offset: start) }
    switch bytes[start] {
    case UInt8(ascii: "("):
      offset += 1
      return QueryToken(kind: .open, offset: start)
    case UInt8(ascii: ")"):
      offset += 1
      return QueryToken(kind: .close, offset: start)
    case UInt8(ascii: "\""):
      offset += 1
      let text = take { $0 != UInt8(ascii: "\"") }
      guard offset < bytes.count else { throw .unclosedQuote(offset: start) }
      offset += 1
      return QueryToken(kind: .quoted(text), offset: start)
    default:
      let text = take { !Self.isSpace($0) && !Self.delimiters.contains($0) }
      return QueryToken(kind: Self.kind(of: text), offset: start)
    }
  }

  /// `-eq` compares, `-5` is a number.
  private static func kind(of text: String) -> QueryToken.Kind {
    let letters = text.utf8.dropFirst()
    let isComparison =
      text.utf8.first == UInt8(ascii: "-") && !letters.isEmpty
      && letters.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= FoldedText.fold($0) }
    return isComparison ? .comparison(text.dropFirst().lowercased()) : .word(text)
  }

  @discardableResult
  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let taken = bytes[offset...].prefix(while: belongs)
    offset = taken.endIndex
    return String(decoding: taken, as: UTF8.self)
  }

  private static let delimiters: [UInt8] = Array("()\"".utf8)

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

/// A word of the query language, and where it begins.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    case open
    case close
    /// A field name, `AND`, `OR`, `NULL`, or a bare value.
    case word(String)
    /// `eq` for `-eq`, and so on.
    case comparison(String)
    /// A value in double quotes, which no escape can be part of.
    case quoted(String)
    case end
  }

  var kind: Kind
  var offset: Int

  /// How a message names it.
  var name: String {
    switch kind {
    case .open: "'('"
    case .close: "')'"
    case .word(let word): "'\(word)'"
    case .comparison(let word): "'-\(word)'"
    case .quoted: "a quoted value"
    case .end: "the end"
    }
  }
}

/// What a query may refer to: `%TODAY%` and `%ME%`.
struct QueryContext {
  /// The server's clock, in milliseconds since 1970.
  var now: Int64
  /// Who asks.
  var principal: String
}
