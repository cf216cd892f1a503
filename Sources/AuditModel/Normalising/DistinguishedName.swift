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
      if let bytes = unescape(subject.extracting(value)) {
        return bytes.isEmpty ? nil : .unescaped(bytes)
      }
    }
    guard subject.count > 3, subject[0] | 0x20 == UInt8(ascii: "c"),
      subject[1] | 0x20 == UInt8(ascii: "n"), subject[2] == UInt8(ascii: "=")
    else { return nil }
    return .range(3..<subject.count)
  }

  /// Undoes `\,` and `\C3\A9`, and within quotes `""`; `nil` when the result is not UTF-8.
  private static func unescape(_ value: borrowing Span<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var position = 0
    while position < value.count {
      let length = pairLength(at: position, in: value)
      if length == 3, let high = hexadecimalValue(of: value[position + 1]),
        let low = hexadecimalValue(of: value[position + 2])
      {
        bytes.append(high << 4 | low)
      } else {
        bytes.append(value[position + (length == 2 ? 1 : 0)])
      }
      position += length ?? 1
    }
    return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
  }

  /// The length of `\` with what it escapes, a special character or two hexadecimal digits, and of a doubled quote.
  private static func pairLength(at position: Int, in text: borrowing Span<UInt8>) -> Int? {
    guard position + 1 < text.count else { return nil }
    let next = text[position + 1]
    if text[position] == UInt8(ascii: "\"") { return next == UInt8(ascii: "\"") ? 2 : nil }
    guard text[position] == UInt8(ascii: "\\") else { return nil }
    if "\\\"+,;<> #=".utf8.contains(next) { return 2 }
    guard hexadecimalValue(of: next) != nil, position + 2 < text.count,
      hexadecimalValue(of: text[position + 2]) != nil
    else { return nil }
    return 3
  }

  /// Checks a string against the grammar, and notes the first CN value.
  private struct Parser {
    var commonName: Range<Int>?
    var isEscaped = false
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
      if Self.isLetter(text[position]) {
        while position < text.count,
          Self.isLetter(text[position]) || Self.isDigit(text[position])
            || text[position] == UInt8(ascii: "-")
        {
          position += 1
        }
        return start..<position
      }
      var numbers = 0
      while true {
        let first = position
        while position < text.count, Self.isDigit(text[position]) { position += 1 }
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
          guard let length = DistinguishedName.pairLength(at: position, in: text) else {
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
      while position < text.count, hexadecimalValue(of: text[position]) != nil { position += 1 }
      let digits = position - start - 1
      return digits > 0 && digits.isMultiple(of: 2) ? (start..<position, false) : nil
    }

    /// Any text in quotes: one in it is doubled, as by .NET, or escaped, and a backslash that escapes nothing is one.
    private mutating func quoted(_ text: borrowing Span<UInt8>) -> (
      range: Range<Int>, isEscaped: Bool
    )? {
      position += 1
      let start = position
      var isEscaped = false
      while position < text.count, text[position] != 0 {
        if let length = DistinguishedName.pairLength(at: position, in: text) {
          isEscaped = true
          position += length
        } else if text[position] == UInt8(ascii: "\"") {
          position += 1
          return (start..<position - 1, isEscaped)
        } else {
          position += 1
        }
      }
      return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isCommonName(_ type: borrowing Span<UInt8>) -> Bool {
      if type.count == 2 {
        return type[0] | 0x20 == UInt8(ascii: "c") && type[1] | 0x20 == UInt8(ascii: "n")
      }
      return [UInt8](copying: type) == Array("2.5.4.3".utf8)
    }
  }
}

extension ByteWord {
  /// The bytes that end a value, begin an escape or may not stand in a value as they are.
  fileprivate var special: UInt64 {
    equal(to: UInt8(ascii: ",")) | equal(to: UInt8(ascii: "+")) | equal(to: UInt8(ascii: "\\"))
      | equal(to: UInt8(ascii: "\"")) | equal(to: UInt8(ascii: ";")) | equal(to: UInt8(ascii: "<"))
      | equal(to: UInt8(ascii: ">")) | equal(to: 0)
  }
}
