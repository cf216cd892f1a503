import AuditModel

/// Writes text as a JSON string with the fewest escapes, so that nothing of it is lost.
enum JSONString {
  /// The most bytes that a text can take: a control character takes six, and there are the quotes.
  static func longest(_ text: borrowing Span<UInt8>) -> Int { 6 * text.count + 2 }

  /// Appends a text in quotes.
  static func append(_ text: borrowing Span<UInt8>, to output: inout [UInt8]) {
    output.append(addingCapacity: longest(text)) { append(text, to: &$0) }
  }

  /// Appends a text in quotes; there must be room for the longest that it can become.
  static func append(_ text: borrowing Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    output.append(quote)
    var rest = text.extracting(...)
    while true {
      let plain = plainPrefix(of: rest)
      output.append(rest.extracting(first: plain))
      guard plain < rest.count else { break }
      append(escaped: rest[plain], to: &output)
      rest = rest.extracting(droppingFirst: plain + 1)
    }
    output.append(quote)
  }

  /// How many bytes stand before the first that is to be escaped.
  @inline(__always)
  private static func plainPrefix(of text: borrowing Span<UInt8>) -> Int {
    guard text.count >= 16 else { return text.indices.first { isEscaped(text[$0]) } ?? text.count }
    // What the last sixteen bytes share with those before them is known to be plain.
    let last = text.count - 16
    var position = 0
    while position < last {
      let escaped = escaped(in: text.vector(at: position))
      guard escaped.isEmpty else { return position + escaped.first }
      position += 16
    }
    let escaped = escaped(in: text.vector(at: last))
    return escaped.isEmpty ? text.count : last + escaped.first
  }

  @inline(__always)
  private static func escaped(in bytes: ByteVector) -> ByteVector.Marks {
    bytes.below(0x20) .| bytes.equal(to: quote) .| bytes.equal(to: backslash)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == quote || byte == backslash
  }

  private static func append(escaped byte: UInt8, to output: inout OutputSpan<UInt8>) {
    output.append(backslash)
    switch byte {
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0..<0x20:
      output.append("u00".utf8Span.span)
      output.append(Hexadecimal.digits(of: [byte]).span)
    default: output.append(byte)
    }
  }
}
