/// A text that recurs (a user, a definition, a step), kept once and compared by its bytes.
///
/// Swift's `String` compares by canonical equivalence, so that two users whose names differ only in how an
/// accent is encoded would be one. Names are compared by code points, which for UTF-8 is the order of the bytes.
public final class Name: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text in UTF-8.
  public let bytes: [UInt8]
  /// Whether it begins with an ASCII letter or digit and holds nothing but these, spaces, full stops, hyphens and
  /// underscores, so that every format writes it as it is.
  public let isSimple: Bool
  let digest: Int

  /// Keeps a text whose digest is already known.
  init(bytes: [UInt8], digest: Int) {
    self.bytes = bytes
    self.digest = digest
    isSimple = bytes.first.map(Self.isLetterOrDigit) ?? true && bytes.allSatisfy(Self.isSimple)
  }

  /// Keeps a text given as UTF-8.
  public convenience init(bytes: [UInt8]) {
    self.init(bytes: bytes, digest: Name.digest(of: bytes.span))
  }

  /// Keeps a text.
  public convenience init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The text as a string; bytes that are not UTF-8 become U+FFFD.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The text, as ``string``.
  public var description: String { string }

  /// Compares bytes: Unicode's canonical equivalence does not make two names one.
  public static func == (left: Name, right: Name) -> Bool {
    left === right || (left.digest == right.digest && left.bytes == right.bytes)
  }

  /// Orders by bytes, which is the order of code points.
  public static func < (left: Name, right: Name) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Feeds the digest that was computed once; it is never seen in output.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(digest)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  private static func isSimple(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || " .-_".utf8.contains(byte)
  }

  /// A product over words of eight bytes: cheap, and good enough to spread names over a table.
  static func digest(of bytes: borrowing Span<UInt8>) -> Int {
    var digest = UInt64(truncatingIfNeeded: bytes.count)
    var position = 0
    while position <= bytes.count - 8 {
      digest = mixed(digest ^ bytes.word(at: position).bits)
      position += 8
    }
    var rest: UInt64 = 0
    while position < bytes.count {
      rest = rest << 8 | UInt64(bytes[position])
      position += 1
    }
    return Int(truncatingIfNeeded: mixed(digest ^ rest))
  }

  /// The golden ratio's bits, which Fibonacci hashing multiplies by.
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
