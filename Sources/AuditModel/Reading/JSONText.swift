/// Where a JSON string lies between its quotes, and whether it holds an escape.
struct JSONText: Hashable {
  var range: Range<Int>
  var isEscaped: Bool

  /// The string's UTF-8 with the escapes undone; half of a surrogate pair becomes U+FFFD and is reported.
  ///
  /// The text must have been checked by ``JSONScanner/string(_:)``.
  static func decode(
    _ text: JSONText, _ bytes: borrowing Span<UInt8>
  ) -> (bytes: [UInt8], hasLoneSurrogate: Bool) {
    var decoded: [UInt8] = []
    let hasLoneSurrogate = text.decode(bytes, into: &decoded)
    return (decoded, hasLoneSurrogate)
  }

  /// Appends the decoded string, and says whether half of a surrogate pair was replaced.
  func decode(_ bytes: borrowing Span<UInt8>, into output: inout [UInt8]) -> Bool {
    var hasLoneSurrogate = false
    // No escape is shorter than what it stands for, and plain bytes are written in words of eight.
    output.append(addingCapacity: range.count + 8) { output in
      hasLoneSurrogate = decode(bytes, into: &output)
    }
    return hasLoneSurrogate
  }

  private func decode(
    _ bytes: borrowing Span<UInt8>, into output: inout OutputSpan<UInt8>
  ) -> Bool {
    var hasLoneSurrogate = false
    var position = range.lowerBound
    while position < range.upperBound {
      if position <= bytes.count - 8 {
        let word = bytes.word(at: position)
        let plain = min(
          ByteWord.first(word.equal(to: UInt8(ascii: "\\"))), range.upperBound - position)
        output.append(word, first: plain)
        position += plain
        if plain == 8 || position == range.upperBound { continue }
      }
      let byte = bytes[position]
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        position += 1
        continue
      }
      let escape = bytes[position + 1]
      guard escape == UInt8(ascii: "u") else {
        output.append(Self.unescaped(escape))
        position += 2
        continue
      }
      var value = Self.codeUnit(at: position + 2, bytes)
      position += 6
      if 0xD800...0xDBFF ~= value, position + 6 <= range.upperBound,
        bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      {
        let low = Self.codeUnit(at: position + 2, bytes)
        if 0xDC00...0xDFFF ~= low {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          position += 6
        }
      }
      let scalar = Unicode.Scalar(value)
      if scalar == nil { hasLoneSurrogate = true }
      for byte in UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
        output.append(byte)
      }
    }
    return hasLoneSurrogate
  }

  private static func unescaped(_ escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: escape
    }
  }

  private static func codeUnit(at position: Int, _ bytes: borrowing Span<UInt8>) -> UInt32 {
    var value: UInt32 = 0
    for index in position..<position + 4 {
      value = value << 4 | UInt32(hexadecimalValue(of: bytes[index]) ?? 0)
    }
    return value
  }
}
