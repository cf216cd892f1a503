/// Reads the common name out of a subject.
enum DistinguishedName {
  /// A common name: where it lies in the subject, or its bytes when escapes had to be undone.
  enum CommonName: Equatable {
    case range(Range<Int>)
    case unescaped([UInt8])
  }

  /// The first CN value of a valid name, unescaped; of anything else that begins with `CN=`, all that follows,
  /// verbatim; otherwise, and when it is empty, `nil`.
  ///
  /// A name is one by RFC 4514, section 3, or as .NET and OpenSSL print it: blanks may follow a separator, and a value may
  /// be in quotes.
  static func commonName(of subject: borrowing Span<UInt8>) -> CommonName? {
    var parser = Parser()
    if parser.parse(subject) {
      guard let value = parser.commonName else { return nil }
      if !parser.isEscaped { return value.isEmpty ? nil : .range(value) }
      if let bytes = unescape(subject.extracting(value), isQuoted: parser.isQuoted) {
        return bytes.isEmpty ? nil : .unescaped(bytes)
      }
    }
    guard subject.count > 3, subject[0] | 0x20 == UInt8(ascii: "c"),
      subject[1] | 0x20 == UInt8(ascii: "n"), subject[2] == UInt8(ascii: "=")
    else { return nil }
    return .range(3..<subject.count)
  }

  /// Undoes the escapes of a value; `nil` when the result is not UTF-8.
  private static func unescape(_ value: borrowing Span<UInt8>, isQuoted: Bool) -> [UInt8]? {
    isQuoted
      ? unescape(value, length: quotedPair) ?? unescape(value, length: doubledPair)
      : unescape(value, length: plainPair)
  }

  private static func unescape(
    _ value: borrowing Span<UInt8>, length: (Int, borrowing Span<UInt8>) -> Int?
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    var position = 0
    while position < value.count {
      let length = length(position, value)
      if length == 3, let byte = hexadecimalByte(at: position + 1, in: value) {
        bytes.append(byte)
      } else {
        bytes.append(value[position + (length == 2 ? 1 : 0)])
      }
      position += length ?? 1
    }
    return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
  }

  /// The length of `\` with what RFC 4514 lets it escape: a special character or two hexadecimal digits.
  private static func plainPair(at position: Int, in text: borrowing Span<UInt8>) -> Int? {
    guard position + 1 < text.count, text[position] == UInt8(ascii: "\\") else { return nil }
    if "\\\"+,;<> #=".utf8.contains(text[position + 1]) { return 2 }
    return hexadecimalByte(at: position + 1, in: text) == nil ? nil : 3
  }

  /// The length of a quote within quotes, doubled or behind `\`, and of `\` behind `\`.
  private static func doubledPair(at position: Int, in text: borrowing Span<UInt8>) -> Int? {
    guard position + 1 < text.count else { return nil }
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    switch (text[position], text[position + 1]) {
    case (quote, quote), (backslash, quote), (backslash, backslash): return 2
    default: return nil
    }
  }

  /// The same, and the digits that OpenSSL writes for bytes that are not printable ASCII: .NET writes none, so that
  /// `DOMAIN\42` is what it looks like.
  private static func quotedPair(at position: Int, in text: borrowing Span<UInt8>) -> Int? {
    if let length = doubledPair(at: position, in: text) { return length }
    guard text[position] == UInt8(ascii: "\\"),
      let byte = hexadecimalByte(at: position + 1, in: text)
    else { return nil }
    return 0x20..<0x7F ~= byte ? nil : 3
  }

  /// The byte that two hexadecimal digits write.
  private static func hexadecimalByte(at position: Int, in text: borrowing Span<UInt8>) -> UInt8? {
    guard position + 1 < text.count, let high = text[position].hexadecimalValue,
      let low = text[position + 1].hexadecimalValue
    else { return nil }
    return high << 4 | low
  }

  /// Checks a string against the grammar, and notes the first CN value.
  private struct Parser {
    var commonName: Range<Int>?
    var isEscaped = false
    var isQuoted = false
    private var position = 0

    mutating func parse(_ text: borrowing Span<UInt8>) -> Bool {
      if text.count == 0 { return true }
      while true {
        guard let type = attributeType(text), position < text.count,
          text[position] == UInt8(ascii: "=")
        else { return false }
        position += 1
        guard let value = attributeValue(text) else { return false }
        if commonName == nil, Self.isCommonName(text.extracting(type)) {
          commonName = value.range
          isEscaped = value.isEscaped
          isQuoted =
            value.range.lowerBound > 0 && text[value.range.lowerBound - 1] == UInt8(ascii: "\"")
        }
        if position == text.count { return true }
        guard text[position] == UInt8(ascii: ",") || text[position] == UInt8(ascii: "+") else {
          return false
        }
        position += 1
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
      }
    }

    /// `descr` (a letter, then letters, digits and hyphens) or `numericoid`.
    private mutating func attributeType(_ text: borrowing Span<UInt8>) -> Range<Int>? {
      let start = position
      guard position < text.count else { return nil }
      if text[position].isASCIILetter {
        while position < text.count,
          text[position].isASCIIAlphanumeric || text[position] == UInt8(ascii: "-")
        {
          position += 1
        }
        return start..<position
      }
      var numbers = 0
      while true {
        let first = position
        while position < text.count, text[position].isASCIIDigit { position += 1 }
        guard position > first, position == first + 1 || text[first] != UInt8(ascii: "0") else {
          return nil
        }
        numbers += 1
        guard position < text.count, text[position] == UInt8(ascii: ".") else { break }
        position += 1
      }
      return numbers > 1 ? start..<position : nil
    }

    /// `string`, `hexstring`, or a value in quotes.
    private mutating func attributeValue(
      _ text: borrowing Span<UInt8>
    ) -> (range: Range<Int>, isEscaped: Bool)? {
      let start = position
      var isEscaped = false
      if position < text.count, text[position] == UInt8(ascii: "#") { return hexString(text) }
      if position < text.count, text[position] == UInt8(ascii: "\"") { return quoted(text) }
      if position < text.count, text[position] == UInt8(ascii: " ") { return nil }
      var plainStart = position
      while true {
        position = text.firstIndex(from: position, where: \.special)
        if position < text.count, text[position] == UInt8(ascii: "\\") {
          let length = DistinguishedName.plainPair(at: position, in: text)
          guard let length else {
            return nil
          }
          isEscaped = true
          position += length
          plainStart = position
          continue
        }
        if position < text.count, text[position] != UInt8(ascii: ","),
          text[position] != UInt8(ascii: "+")
        {
          return nil
        }
        let endsWithSpace = position > plainStart && text[position - 1] == UInt8(ascii: " ")
        return endsWithSpace ? nil : (start..<position, isEscaped)
      }
    }

    private mutating func hexString(_ text: borrowing Span<UInt8>) -> (
      range: Range<Int>, isEscaped: Bool
    )? {
      let start = position
      position += 1
      while position < text.count, text[position].hexadecimalValue != nil { position += 1 }
      let digits = position - start - 1
      return digits > 0 && digits.isMultiple(of: 2) ? (start..<position, false) : nil
    }

    /// Any text in quotes: one in it is doubled, as by .NET, or escaped, and a backslash before anything else is one.
    private mutating func quoted(_ text: borrowing Span<UInt8>) -> (
      range: Range<Int>, isEscaped: Bool
    )? {
      position += 1
      let start = position
      var isEscaped = false
      while position < text.count, text[position] != 0 {
        if let length = DistinguishedName.doubledPair(at: position, in: text) {
          isEscaped = true
          position += length
        } else if text[position] == UInt8(ascii: "\"") {
          position += 1
          return (start..<position - 1, isEscaped)
        } else {
          if text[position] == UInt8(ascii: "\\") { isEscaped = true }
          position += 1
        }
      }
      return nil
    }

    private static func isCommonName(_ type: borrowing Span<UInt8>) -> Bool {
      if type.count == 2 {
        return type[0] | 0x20 == UInt8(ascii: "c") && type[1] | 0x20 == UInt8(ascii: "n")
      }
      return [UInt8](copying: type) == Array("2.5.4.3".utf8)
    }
  }
}

extension ByteWord {
  /// The bytes that end a value, begin an escape or must be escaped in a value.
  fileprivate var special: UInt64 {
    equal(to: UInt8(ascii: ",")) | equal(to: UInt8(ascii: "+")) | equal(to: UInt8(ascii: "\\"))
      | equal(to: UInt8(ascii: "\"")) | equal(to: UInt8(ascii: ";")) | equal(to: UInt8(ascii: "<"))
      | equal(to: UInt8(ascii: ">")) | equal(to: 0)
  }
}
