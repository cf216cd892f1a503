/// A sentence made from values, which keeps apart our words and the server's names.
public struct Sentence: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A piece of a sentence.
  public enum Part: Sendable, Equatable {
    /// Our words.
    case words(String)
    /// A text from the server.
    case name(String)
  }

  /// Collects the pieces of a literal: `"\(words) and \(name: text)"`.
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    /// Starts without pieces; the sizes that the compiler announces are not needed.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds words of ours, as the source has them.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.words(literal)) }
    }

    /// Adds words of ours.
    public mutating func appendInterpolation(_ words: String) {
      appendLiteral(words)
    }

    /// Adds the pieces of another sentence.
    public mutating func appendInterpolation(sentence: Sentence) {
      parts += sentence.parts
    }

    /// Adds a text from the server, or a word for its absence.
    public mutating func appendInterpolation(name: String?, or absent: String = "no name") {
      parts.append(name.map { .name($0) } ?? .words(absent))
    }
  }

  /// The pieces in order.
  public var parts: [Part]

  /// Makes a sentence of its pieces.
  public init(_ parts: [Part]) {
    self.parts = parts
  }

  /// How much of a text from the server is kept where there is no markup, in code points.
  private static let longestName = 200

  /// Without markup; texts from the server without what a terminal might obey.
  public var plain: String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .name(let name): TerminalText.sanitized(name, limit: Self.longestName)
      }
    }.joined()
  }

  /// Makes a sentence of nothing but words of ours.
  public init(stringLiteral words: String) {
    parts = [.words(words)]
  }

  /// Makes a sentence of the pieces of a literal.
  public init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
  }
}

/// A number of things in words: the one place where none, one and many are told apart.
public struct Counted: Sendable, Equatable {
  /// How many.
  public let number: Int
  private let one: String
  private let many: String

  /// Counts things; the plural is made with an s unless it is given.
  public init(_ number: Int, _ one: String, plural: String? = nil) {
    self.number = number
    self.one = one
    many = plural ?? one + "s"
  }

  /// `no request`, `1 request`, `12,345 requests`: within a sentence.
  public var phrase: String {
    switch number {
    case 0: "no \(one)"
    case 1: "1 \(one)"
    default: "\(DisplayFormat.count(number)) \(many)"
    }
  }

  /// `No request`, `1 request`, `12,345 requests`: at the start of a sentence.
  public var start: String { number == 0 ? "No \(one)" : phrase }

  /// `0 requests`, `1 request`, `12,345 requests`: beside other figures.
  public var figure: String { number == 0 ? "0 \(many)" : phrase }

  /// `No request`, `The only request`, `Both requests`, `All 45 requests`: where something is true of each of them.
  public var all: String {
    switch number {
    case 0: "No \(one)"
    case 1: "The only \(one)"
    case 2: "Both \(many)"
    default: "All \(DisplayFormat.count(number)) \(many)"
    }
  }

  /// The word that goes with the number: with none and one the singular.
  public func choose(_ singular: String, _ plural: String) -> String {
    number > 1 ? plural : singular
  }

  /// `is` or `are`.
  public var verb: String { choose("is", "are") }

  /// `was` or `were`.
  public var pastVerb: String { choose("was", "were") }
}

extension Sentence: Encodable {
  /// Writes it as one text.
  public func encode(to encoder: any Encoder) throws {
    try plain.encode(to: encoder)
  }
}

extension StringProtocol {
  /// The same with a small first letter; words of ours.
  public var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

  /// The same with a capital first letter; words of ours.
  public var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`.
  public var enumeration: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}

extension [Sentence] {
  /// `a`, `a and b`, `a, b and c`.
  public var enumeration: Sentence {
    var parts: [Sentence.Part] = []
    for (index, sentence) in enumerated() {
      if index > 0 { parts.append(.words(index == count - 1 ? " and " : ", ")) }
      parts += sentence.parts
    }
    return Sentence(parts)
  }
}
