import AuditModel

/// How text is written in a CSV cell, so that no spreadsheet evaluates it and every reader can have it back.
///
/// Quoting is no defence: spreadsheets evaluate `"=1+1"`. A text that would start a formula gets one leading
/// apostrophe; a reader removes exactly one. What CSV readers disagree on (C0 controls, noncharacters) becomes
/// `\u{1B}`. So does, as `\u{3B}`, what a program with another separator than the comma would end the cell at, where the
/// next cell would start a formula. Only in cells that hold such an escape is every other backslash doubled.
package enum CSVText {
  /// Appends a text as one cell, prefixed, escaped and quoted where it must be.
  package static func append(_ text: borrowing Span<UInt8>, to output: inout [UInt8]) {
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
  package static func append(_ text: String, to output: inout [UInt8]) {
    append(text.utf8Span.span, to: &output)
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
  /// Looked for is what few texts have: a beginning that is no ASCII letter or digit, control characters, separators, the
  /// brace of an escape, and characters that UTF-8 begins with 0xEF or more, among which the noncharacters are.
  @inline(__always)
  private static func look(at text: borrowing Span<UInt8>) -> Look {
    guard text.count > 0 else { return .plain }
    guard isPlainBeginning(text[0]) else { return .odd }
    let last = text.lastVector
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

  /// What a text with a plain beginning needs, seen from each of its bytes that are looked for.
  private static func closeLook(at text: borrowing Span<UInt8>) -> Look {
    var look = Look.plain
    var position = 0
    while position < text.count {
      if position <= text.count - 16, isPlain(text.vector(at: position)) {
        position += 16
        continue
      }
      defer { position += 1 }
      let byte = text[position]
      if isSeparator(byte), mayStartFormula(text, after: position) { return .odd }
      switch byte {
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

  @inline(__always)
  private static func isPlain(_ bytes: ByteVector) -> Bool {
    (quotable(in: bytes) .| suspect(in: bytes)).isEmpty
  }

  /// Where programs that do not separate cells by commas end one.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "|"), 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  /// Whether what follows a separator asks for a closer look.
  private static func mayStartFormula(
    _ text: borrowing Span<UInt8>, after separator: Int
  ) -> Bool {
    for position in separator + 1..<text.count {
      switch text[position] {
      case UInt8(ascii: " "), UInt8(ascii: "'"), quote: continue
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
        UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "%"), 0x09, 0x7F...:
        return true
      default: return false
      }
    }
    return false
  }

  private static func isPlainBeginning(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "(")
  }

  /// The bytes that need quotes.
  @inline(__always)
  private static func quotable(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.equal(to: quote) .| bytes.equal(to: comma)
  }

  /// The bytes that ask for a closer look.
  @inline(__always)
  private static func suspect(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.below(0x20) .| bytes.equal(to: UInt8(ascii: ";")) .| bytes.equal(to: UInt8(ascii: "{"))
      .| bytes.equal(to: UInt8(ascii: "|")) .| bytes.atLeast(0xEF)
  }

  private static func needsApostrophe(_ text: String) -> Bool {
    switch text.unicodeScalars.first {
    case "\t", "\r", "\n", "\0", "'": return true
    default: break
    }
    return text.unicodeScalars.first { !$0.isBlankInCells }?.startsFormula ?? false
  }

  /// The text with its escapes, as UTF-8: appending several scalars to a `UnicodeScalarView` copies all of it.
  private static func escaped(_ text: String) -> [UInt8] {
    let scalars = Array(text.unicodeScalars)
    let parting = parting(in: scalars)
    guard !parting.isEmpty || scalars.contains(where: isEscaped) || text.holdsEscape else {
      return Array(text.utf8)
    }
    var next = parting.count - 1
    var result: [UInt8] = []
    for (index, scalar) in scalars.enumerated() {
      let isParting = next >= 0 && parting[next] == index
      if isParting || isEscaped(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u{\(!isParting && scalar.value < 0x10 ? "0" : "")\(digits)}".utf8
        if isParting { next -= 1 }
      } else {
        if scalar == "\\" { result.append(UInt8(ascii: "\\")) }
        result += String(scalar).utf8
      }
    }
    return result
  }

  /// The indices of separators after which, past blanks and quotation marks, a formula would start; the last comes first.
  private static func parting(in scalars: [Unicode.Scalar]) -> [Int] {
    var indices: [Int] = []
    var startsFormula = false
    for (index, scalar) in scalars.enumerated().reversed() {
      if scalar.isASCII, isSeparator(UInt8(scalar.value)), startsFormula { indices.append(index) }
      if scalar.startsFormula {
        startsFormula = true
      } else if isEscaped(scalar) || scalar == "\r" || scalar == "\n" {
        startsFormula = false
      } else if !scalar.isBlankInCells, !scalar.properties.isQuotationMark {
        startsFormula = false
      }
    }
    return indices
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
