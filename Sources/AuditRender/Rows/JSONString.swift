import AuditModel

/// Writes text as a JSON string with the fewest escapes, so that nothing of it is lost.
enum JSONString {
  /// The most bytes that a text can take: a control character takes six, and a word is written eight bytes wide.
  static func longest(_ text: borrowing Span<UInt8>) -> Int { 6 * text.count + 10 }

  /// Appends a text in quotes.
  static func append(_ text: borrowing Span<UInt8>, to output: inout [UInt8]) {
    output.append(addingCapacity: longest(text)) { append(text, to: &$0) }
  }

  /// Appends a text in quotes; there must be room for the longest that it can become.
  static func append(_ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var position = 0
    while position <= text.count - 8 {
      let word = text.word(at: position)
      let plain = ByteWord.first(escaped(in: word))
      output.append(word, first: plain)
      position += plain
      if plain < 8 {
        append(text[position], to: &output)
        position += 1
      }
    }
    if let rest = text.lastWord(from: position),
      ByteWord.first(escaped(in: rest)) >= text.count - position
    {
      output.append(rest, first: text.count - position)
      position = text.count
    }
    while position < text.count {
      append(text[position], to: &output)
      position += 1
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func escaped(in word: ByteWord) -> UInt64 {
    word.below(0x20) | word.equal(to: UInt8(ascii: "\"")) | word.equal(to: UInt8(ascii: "\\"))
  }

  private static func append(_ byte: UInt8, to output: inout OutputSpan<UInt8>) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte, to: &output)
    case 0x0A: escape(UInt8(ascii: "n"), to: &output)
    case 0x0D: escape(UInt8(ascii: "r"), to: &output)
    case 0x09: escape(UInt8(ascii: "t"), to: &output)
    case 0..<0x20:
      escape(UInt8(ascii: "u"), to: &output)
      output.append(UInt8(ascii: "0"))
      output.append(UInt8(ascii: "0"))
      output.append(hexadecimalDigit(of: byte >> 4))
      output.append(hexadecimalDigit(of: byte & 15))
    default: output.append(byte)
    }
  }

  private static func escape(_ byte: UInt8, to output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: "\\"))
    output.append(byte)
  }

  private static func hexadecimalDigit(of value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
