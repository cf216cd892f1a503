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
    // No escape is shorter than its character.
    output.append(addingCapacity: range.count) { output in
      hasLoneSurrogate = Self.decode(bytes.extracting(range), into: &output)
    }
    return hasLoneSurrogate
  }

  private static func decode(
    _ text: borrowing Span<UInt8>, into output: inout OutputSpan<UInt8>
  ) -> Bool {
    var hasLoneSurrogate = false
    var position = 0
    while true {
      let escape = text.firstIndex(from: position) { $0.equal(to: UInt8(ascii: "\\")) }
      output.append(text.extracting(position..<escape))
      guard escape < text.count else { return hasLoneSurrogate }
      position = escape + 2
      guard text[escape + 1] == UInt8(ascii: "u") else {
        output.append(unescaped(text[escape + 1]))
        continue
      }
      var value = codeUnit(at: position, text)
      position += 4
      if 0xD800...0xDBFF ~= value, position + 6 <= text.count,
        text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u")
      {
        let low = codeUnit(at: position + 2, text)
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
      value = value << 4 | UInt32(bytes[index].hexadecimalValue ?? 0)
    }
    return value
  }
}
