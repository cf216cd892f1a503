/// A strict reader of JSON tokens over bytes: one pass, no tree.
///
/// RFC 8259 to the letter, and stricter where two readers could disagree: a duplicate key, invalid UTF-8 and
/// more than 64 levels are errors. Strings are validated where they lie and decoded only when they hold an escape.
struct JSONScanner {
  /// The next byte to read.
  var position = 0

  /// The deepest nesting that is read.
  static let maximumDepth = 64
  /// The longest string, in bytes as written.
  static let maximumString = 8 << 20
  /// The longest number, in bytes.
  static let maximumNumber = 400

  /// Skips white space and returns the byte after it without consuming it; `nil` at the end.
  @inline(__always)
  mutating func peek(_ bytes: borrowing Span<UInt8>) -> UInt8? {
    if position < bytes.count, bytes[position] > 0x20 { return bytes[position] }
    return peekBehindSpace(bytes)
  }

  @inline(never)
  private mutating func peekBehindSpace(_ bytes: borrowing Span<UInt8>) -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  /// Consumes one byte if it is the next one after white space.
  @inline(__always)
  mutating func take(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> Bool {
    guard peek(bytes) == byte else { return false }
    position += 1
    return true
  }

  /// Consumes a byte that must come next.
  @inline(__always)
  mutating func expect(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) throws(JSONError) {
    guard take(byte, bytes) else { throw missing(byte, bytes) }
  }

  /// Consumes what follows a member or an element: a comma, behind which there is another one, or the end.
  @inline(__always)
  mutating func consumeSeparator(orEnd end: UInt8, _ bytes: borrowing Span<UInt8>) throws(JSONError)
    -> Bool
  {
    if take(UInt8(ascii: ","), bytes) { return true }
    try expect(end, bytes)
    return false
  }

  @inline(never)
  private func missing(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> JSONError {
    fault("expected `\(Unicode.Scalar(byte))`, found \(found(bytes))")
  }

  /// Describes the next byte for an error.
  func found(_ bytes: borrowing Span<UInt8>) -> String {
    guard position < bytes.count else { return "the end of the page" }
    let byte = bytes[position]
    return 0x21...0x7E ~= byte
      ? "`\(Unicode.Scalar(byte))`" : "the byte 0x\(String(byte, radix: 16))"
  }

  /// A fault at the current byte.
  func fault(_ message: String) -> JSONError {
    JSONError(message: message, byte: position)
  }

  /// Consumes `true`, `false` or `null`.
  mutating func literal(_ word: StaticString, _ bytes: borrowing Span<UInt8>) throws(JSONError) {
    let text = word.description.utf8
    var end = position
    for byte in text {
      guard end < bytes.count, bytes[end] == byte else { throw fault("expected \(word)") }
      end += 1
    }
    position = end
  }

  /// Consumes a number and returns where it lies.
  mutating func number(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Range<Int> {
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let leadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
    guard try digits(bytes) == 1 || !leadingZero else { throw fault("a number starts with 0") }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      _ = try digits(bytes)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      _ = try digits(bytes)
    }
    guard position - start <= Self.maximumNumber else {
      throw fault("a number is longer than the limit of \(Self.maximumNumber) bytes")
    }
    return start..<position
  }

  @inline(__always)
  private mutating func digits(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Int {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw missingDigit(bytes) }
    return position - start
  }

  @inline(never)
  private func missingDigit(_ bytes: borrowing Span<UInt8>) -> JSONError {
    fault("expected a digit, found \(found(bytes))")
  }

  /// Consumes any value and checks it, without keeping it.
  mutating func skipValue(_ bytes: borrowing Span<UInt8>, depth: Int) throws(JSONError) {
    guard let byte = peek(bytes) else { throw fault("expected a value, found the end of the page") }
    switch byte {
    case UInt8(ascii: "\""): _ = try string(bytes)
    case UInt8(ascii: "{"): try skipObject(bytes, depth: depth)
    case UInt8(ascii: "["): try skipArray(bytes, depth: depth)
    case UInt8(ascii: "t"): try literal("true", bytes)
    case UInt8(ascii: "f"): try literal("false", bytes)
    case UInt8(ascii: "n"): try literal("null", bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number(bytes)
    default: throw fault("expected a value, found \(found(bytes))")
    }
  }

  /// Checks that one more level may be entered.
  func checkDepth(_ depth: Int) throws(JSONError) {
    guard depth <= Self.maximumDepth else {
      throw fault("nesting is deeper than the limit of \(Self.maximumDepth) levels")
    }
  }

  private mutating func skipArray(_ bytes: borrowing Span<UInt8>, depth: Int) throws(JSONError) {
    try checkDepth(depth + 1)
    try expect(UInt8(ascii: "["), bytes)
    if take(UInt8(ascii: "]"), bytes) { return }
    repeat {
      try skipValue(bytes, depth: depth + 1)
    } while try consumeSeparator(orEnd: UInt8(ascii: "]"), bytes)
  }

  private mutating func skipObject(_ bytes: borrowing Span<UInt8>, depth: Int) throws(JSONError) {
    try checkDepth(depth + 1)
    try expect(UInt8(ascii: "{"), bytes)
    if take(UInt8(ascii: "}"), bytes) { return }
    var keys: Set<[UInt8]> = []
    repeat {
      let start = position
      let key = try self.key(bytes)
      let name = JSONText.decode(key, bytes).bytes
      guard keys.insert(name).inserted else {
        throw JSONError(kind: .brokenRow, message: JSONError.twice(name), byte: start)
      }
      try skipValue(bytes, depth: depth + 1)
    } while try consumeSeparator(orEnd: UInt8(ascii: "}"), bytes)
  }

  /// Consumes a key with its colon if it is the next one, written just so.
  @inline(__always)
  mutating func take(key written: [UInt8], _ bytes: borrowing Span<UInt8>) -> Bool {
    guard bytes.holds(written.span, at: position) else { return false }
    position += written.count
    return true
  }

  /// Consumes a key and its colon.
  mutating func key(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> JSONText {
    guard peek(bytes) == UInt8(ascii: "\"") else {
      throw fault("expected a key in quotes, found \(found(bytes))")
    }
    let key = try string(bytes)
    try expect(UInt8(ascii: ":"), bytes)
    return key
  }
}

/// What is wrong with a page, and at which byte.
struct JSONError: Error {
  enum Kind {
    /// The bytes are not JSON, or not an array of objects.
    case syntax
    /// The JSON is well formed, but a row says too little, or two things at once.
    case brokenRow
  }

  var kind: Kind = .syntax
  var message: String
  var byte: Int

  /// What is said of a key that an object has twice.
  static func twice(_ key: [UInt8]) -> String {
    "the key \(TerminalText.sanitized(String(decoding: key, as: UTF8.self), limit: 80)) occurs twice"
  }
}
