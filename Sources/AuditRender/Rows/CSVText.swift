import AuditModel

/// How text stands in a CSV cell, so that no spreadsheet evaluates it and every reader can have it back.
///
/// Quoting is no defence: spreadsheets evaluate `"=1+1"`. A text that would start a formula gets one leading
/// apostrophe; a reader removes exactly one. What CSV readers disagree on (C0 controls, noncharacters) becomes
/// `\u{1B}`, and only in cells that hold such an escape is every other backslash doubled.
public enum CSVText {
  /// Appends a text as one cell, prefixed, escaped and quoted where it must be.
  public static func append(_ text: borrowing Span<UInt8>, to output: inout [UInt8]) {
    output.append(addingCapacity: 6 * text.count + 10) { append(text, to: &$0) }
  }

  /// Appends a text as one cell; there must be room for what it can become, six bytes a byte and ten more.
  static func append(_ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    switch look(at: text) {
    case .plain: output.append(text)
    case .quoted: appendQuoted(text, to: &output)
    case .odd: appendOdd(text, to: &output)
    }
  }

  /// Appends a text that may need anything; few do.
  private static func appendOdd(
    _ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>
  ) {
    let string = String(decoding: [UInt8](copying: text), as: UTF8.self)
    let cell = escaped(string)
    let needsQuotes = cell.contains { $0 == quote || $0 == comma || $0 == 0x0D || $0 == 0x0A }
    if needsQuotes { output.append(quote) }
    if needsApostrophe(string) { output.append(UInt8(ascii: "'")) }
    for byte in cell {
      if byte == quote { output.append(quote) }
      output.append(byte)
    }
    if needsQuotes { output.append(quote) }
  }

  private static func appendQuoted(
    _ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>
  ) {
    output.append(quote)
    var position = 0
    while position <= text.count - 8 {
      let word = text.word(at: position)
      let plain = ByteWord.first(word.equal(to: quote))
      output.append(word, first: plain)
      position += plain
      if plain < 8 {
        output.append(quote)
        output.append(quote)
        position += 1
      }
    }
    while position < text.count {
      if text[position] == quote { output.append(quote) }
      output.append(text[position])
      position += 1
    }
    output.append(quote)
  }

  /// Appends a string as one cell.
  public static func append(_ text: String, to output: inout [UInt8]) {
    append(Array(text.utf8).span, to: &output)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// What a text needs.
  private enum Look {
    /// Nothing.
    case plain
    /// Quotes.
    case quoted
    /// Perhaps an apostrophe or escapes: a character is to be looked at closely.
    case odd
  }

  /// What a text needs.
  ///
  /// Looked for is what few texts have: a beginning that is no ASCII letter or digit, control characters, the brace of an
  /// escape, and characters that UTF-8 begins with 0xEF or more, among which the noncharacters are.
  @inline(__always)
  private static func look(at text: borrowing Span<UInt8>) -> Look {
    guard text.count > 0 else { return .plain }
    guard isPlainBeginning(text[0]) else { return .odd }
    guard text.count >= 16 else { return closeLook(at: text) }
    let last = text.vector(at: text.count - 16)
    var quoted = quotable(in: last)
    var odd = suspect(in: last)
    var position = 0
    while position < text.count - 16 {
      let vector = text.vector(at: position)
      quoted .|= quotable(in: vector)
      odd .|= suspect(in: vector)
      position += 16
    }
    if (odd .| quoted).isEmpty { return .plain }
    return odd.isEmpty ? .quoted : closeLook(at: text)
  }

  /// What a text with a plain beginning needs, seen from each of its bytes.
  private static func closeLook(at text: borrowing Span<UInt8>) -> Look {
    var look = Look.plain
    for position in text.indices {
      switch text[position] {
      case quote, comma, 0x0D, 0x0A: look = .quoted
      case 0..<0x09, 0x0B..<0x20, 0xEF...: return .odd
      case UInt8(ascii: "{"):
        if position > 1, text[position - 1] == UInt8(ascii: "u"),
          text[position - 2] == UInt8(ascii: "\\")
        {
          return .odd
        }
      default: break
      }
    }
    return look
  }

  private static func isPlainBeginning(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "*"), UInt8(ascii: "("):
      true
    default: false
    }
  }

  /// The bytes that need quotes.
  @inline(__always)
  private static func quotable(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.equal(to: quote) .| bytes.equal(to: comma)
  }

  /// The bytes that ask for a closer look.
  @inline(__always)
  private static func suspect(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.below(0x20) .| bytes.equal(to: UInt8(ascii: "{")) .| bytes.from(0xEF)
  }

  private static func needsApostrophe(_ text: String) -> Bool {
    switch text.unicodeScalars.first {
    case "\t", "\r", "\n", "\0", "'": return true
    default: break
    }
    switch text.unicodeScalars.first(where: { !isSkipped($0) }) {
    case "=", "+", "-", "@", ";", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
      return true
    default: return false
    }
  }

  /// What spreadsheets look past when they decide whether a cell is a formula.
  private static func isSkipped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// The text with its escapes, as UTF-8: appending several scalars to a `UnicodeScalarView` copies all of it.
  private static func escaped(_ text: String) -> [UInt8] {
    guard text.unicodeScalars.contains(where: isEscaped) || text.holdsEscape else {
      return Array(text.utf8)
    }
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      if isEscaped(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u{\(digits.count == 1 ? "0" : "")\(digits)}".utf8
      } else {
        if scalar == "\\" { result.append(UInt8(ascii: "\\")) }
        result += String(scalar).utf8
      }
    }
    return result
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20: true
    case 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}

extension String {
  /// Whether the text contains `\u{`, by code points.
  fileprivate var holdsEscape: Bool {
    let bytes = Array(utf8)
    let sequence = Array("\\u{".utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: sequence) }
  }
}
