/// A word of the query language.
enum QueryToken: Equatable {
  case open
  case close
  /// A field name, `AND`, `OR`, or a bare value.
  case word(String)
  /// `-eq` and the like, in lower case without the hyphen.
  case comparison(String)
  /// A value in double quotes.
  case quoted(String)

  /// Splits a query into words.
  static func words(of query: String) throws -> [QueryToken] {
    var tokens: [QueryToken] = []
    var rest = query.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == " " || scalar == "\t" {
        rest.removeFirst()
      } else if scalar == "(" || scalar == ")" {
        tokens.append(scalar == "(" ? .open : .close)
        rest.removeFirst()
      } else if scalar == "\"" {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "\"") else { throw QueryError.unparsable }
        tokens.append(.quoted(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { !" \t()\"".unicodeScalars.contains($0) }
        rest = rest.dropFirst(word.count)
        let isComparison =
          scalar == "-" && word.count > 2
          && word.dropFirst().allSatisfy { $0.properties.isAlphabetic }
        tokens.append(
          isComparison
            ? .comparison(String(word.dropFirst()).lowercased()) : .word(String(word)))
      }
    }
    return tokens
  }
}

/// Why a query is refused.
enum QueryError: Error {
  case unparsable
  case unknownField(String)
}
