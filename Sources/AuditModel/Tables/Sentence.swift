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

    /// Adds words of ours, as they stand in the source.
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
