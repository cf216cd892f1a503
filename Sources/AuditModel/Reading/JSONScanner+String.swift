extension JSONScanner {
  /// Consumes a string and returns where it lies, having checked its escapes and its UTF-8.
  @inline(__always)
  mutating func string(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> JSONText {
    let start = position + 1
    position = bytes.firstIndex(from: start, where: \.notPlainJSON)
    if position < bytes.count, bytes[position] == UInt8(ascii: "\""),
      position - start <= Self.maximumString
    {
      position += 1
      return JSONText(range: start..<position - 1, isEscaped: false)
    }
    return try rest(ofStringFrom: start, bytes)
  }

  /// Consumes what follows the plain ASCII text at the beginning of a string.
  @inline(never)
  private mutating func rest(
    ofStringFrom start: Int, _ bytes: borrowing Span<UInt8>
  ) throws(JSONError) -> JSONText {
    var isEscaped = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard position - start <= Self.maximumString else {
          throw fault("a string is longer than the limit of \(Self.maximumString >> 20) MiB")
        }
        position += 1
        return JSONText(range: start..<position - 1, isEscaped: isEscaped)
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        try escape(bytes)
      } else if byte >= 0x80 {
        try multibyte(bytes)
      } else {
        throw fault("a string contains \(found(bytes)), which must be escaped")
      }
      position = bytes.firstIndex(from: position, where: \.notPlainJSON)
    }
    throw fault("a string has no end")
  }

  private mutating func escape(_ bytes: borrowing Span<UInt8>) throws(JSONError) {
    guard position + 1 < bytes.count else { throw fault("a string has no end") }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard position + 6 <= bytes.count else { throw fault("a string has no end") }
      for index in position + 2..<position + 6 where bytes[index].hexadecimalValue == nil {
        throw fault("`\\u` needs four hexadecimal digits")
      }
      position += 6
    default: throw fault("an unknown escape")
    }
  }

  /// Consumes one character of two to four bytes, by table 3-7 of the Unicode standard.
  private mutating func multibyte(_ bytes: borrowing Span<UInt8>) throws(JSONError) {
    let lead = bytes[position]
    let count: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xED: (count, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: count = 3
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: count = 4
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    default: throw fault("the text is not UTF-8")
    }
    guard position + count <= bytes.count, second ~= bytes[position + 1] else {
      throw fault("the text is not UTF-8")
    }
    for index in position + 2..<position + max(count, 2) where bytes[index] & 0xC0 != 0x80 {
      throw fault("the text is not UTF-8")
    }
    position += count
  }
}

extension ByteWord {
  /// The bytes that end a JSON string, begin an escape, or are control characters or not ASCII.
  ///
  /// A subtraction sets the highest bit of a byte that is not ASCII too, which is marked anyway.
  @inline(__always)
  fileprivate var notPlainJSON: UInt64 {
    let control = bits &- Self.repeating(0x20)
    let quote = (bits ^ Self.repeating(UInt8(ascii: "\""))) &- Self.repeating(1)
    let escape = (bits ^ Self.repeating(UInt8(ascii: "\\"))) &- Self.repeating(1)
    return (control | quote | escape | bits) & Self.highBits
  }
}
