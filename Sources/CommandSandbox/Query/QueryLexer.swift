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
