/// A piece of Swift source text, as far as messages need it: comments are gone, and a literal has its text.
enum SwiftToken: Equatable {
  /// An identifier, a keyword or a number.
  case word(String)
  /// A character of punctuation.
  case mark(Character)
  /// A string literal; what is interpolated stands between ‹ and ›, alternatives between [ and ].
  case text(String)

  /// The tokens of a source text.
  static func reading(_ source: String) -> [SwiftToken] {
    var rest = Array(source)[...]
    var tokens: [SwiftToken] = []
    while let character = rest.first {
      if rest.starts(with: "//") {
        rest = rest.drop { $0 != "\n" }
      } else if character == "\"" || rest.drop(while: { $0 == "#" }).first == "\"" {
        tokens.append(.text(text(&rest)))
      } else if character.isLetter || character.isNumber || character == "_" || character == "$" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      } else {
        if !character.isWhitespace { tokens.append(.mark(character)) }
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  /// Reads a literal of any kind, with its interpolations.
  private static func text(_ rest: inout ArraySlice<Character>) -> String {
    let hashes = rest.prefix { $0 == "#" }
    rest = rest.dropFirst(hashes.count)
    let quote = rest.starts(with: "\"\"\"") ? "\"\"\"" : "\""
    rest = rest.dropFirst(quote.count)
    let (end, escape) = (quote + hashes, "\\" + hashes)
    var text = ""
    while !rest.isEmpty, !rest.starts(with: end) {
      guard rest.starts(with: escape), let escaped = rest.dropFirst(escape.count).first else {
        text.append(rest.removeFirst())
        continue
      }
      rest = rest.dropFirst(escape.count + 1)
      switch escaped {
      case "(": text += shown(SwiftToken.reading(interpolation(&rest)))
      case "\n": rest = rest.drop(while: \.isWhitespace)
      case "n": text += " "
      default: text.append(escaped)
      }
    }
    rest = rest.dropFirst(end.count)
    return quote.count == 3
      ? text.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
      : text
  }

  /// The source text up to the parenthesis that ends an interpolation.
  private static func interpolation(_ rest: inout ArraySlice<Character>) -> String {
    var source = ""
    var depth = 1
    while let character = rest.first {
      if character == "\"" {
        let before = rest
        _ = text(&rest)
        source += String(before.prefix(before.count - rest.count))
        continue
      }
      rest = rest.dropFirst()
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 { return source }
      source.append(character)
    }
    return source
  }

  /// An expression within a message: the texts it chooses from, else the name of its value.
  static func shown(_ tokens: [SwiftToken]) -> String {
    var texts: [String] = []
    var isJoined = false
    for (index, token) in tokens.enumerated() {
      // What stands as an argument, such as a separator, is not part of the text.
      let isArgument = index > 1 && tokens[index - 1] == .mark(":") && tokens[index - 2].isLabel
      if case .text(let text) = token, !isArgument || tokens.contains(.mark("?")) {
        if isJoined, let last = texts.popLast() {
          texts.append(last + text)
        } else {
          texts.append(text)
        }
      }
      isJoined = token == .mark("+")
    }
    texts.removeAll { !$0.contains(where: \.isLetter) }
    return texts.isEmpty ? "‹\(name(of: tokens))›" : "[\(texts.joined(separator: "|"))]"
  }

  /// The word that says best what a value is: `path` of `TerminalText.sanitized(path, limit: 40)`.
  private static func name(of tokens: [SwiftToken]) -> String {
    if tokens.contains(.word("hint")) { return "the nearest name" }
    if tokens.contains(.word("place")) { return "place" }
    let forms = ["description", "rawValue", "string", "words", "first"]
    for (index, token) in tokens.enumerated() {
      guard case .word(let word) = token, word.first?.isLowercase == true else { continue }
      let rest = tokens[(index + 1)...]
      if rest.first == .mark("(") || rest.first == .mark(":") { continue }
      if rest.first == .mark("."), case .word(let member) = rest.dropFirst().first,
        !forms.contains(member), rest.dropFirst(2).first != .mark("(")
      {
        continue
      }
      return word
    }
    return "…"
  }

  private var isLabel: Bool {
    if case .word = self { true } else { false }
  }
}
