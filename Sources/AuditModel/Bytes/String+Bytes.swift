/// Text compared, searched and taken apart by its bytes.
///
/// Swift's own operations work on grapheme clusters and canonical equivalence: for them a path that continues with a combining
/// mark does not begin with its folder, `"` followed by one is no quotation mark, and composed and decomposed letters are
/// one. For dictionaries and sets of texts there is ``Name``.
extension StringProtocol {
  /// Whether the text begins with another.
  public func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// Whether the text ends with another.
  public func ends(with suffix: String) -> Bool {
    utf8.reversed().starts(with: suffix.utf8.reversed())
  }

  /// Whether the text has the bytes of another.
  public func isSame(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether the text comes before another in the order of code points, which in UTF-8 is the order of bytes.
  public func precedes(_ other: some StringProtocol) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Whether another text occurs in the text.
  public func holds(_ text: String) -> Bool { utf8.contains(text.utf8) }

  /// The parts between separators; empty ones only where they are kept.
  public func parts(
    at separator: Unicode.Scalar, maxSplits: Int = .max, keepingEmpty: Bool = false
  ) -> [String] {
    unicodeScalars.split(
      separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: !keepingEmpty
    ).map { String(String.UnicodeScalarView($0)) }
  }

  /// The text with each of some code points preceded by a backslash.
  public func backslashing(_ isMarked: (Unicode.Scalar) -> Bool) -> String {
    var result: [UInt8] = []
    for scalar in unicodeScalars {
      if isMarked(scalar) { result.append(UInt8(ascii: "\\")) }
      result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text with another one wherever a text that is not empty occurs in it.
  public func substituting(_ text: String, by other: String) -> String {
    let (old, new) = (Array(text.utf8), Array(other.utf8))
    var result: [UInt8] = []
    var rest = Array(utf8)[...]
    while !rest.isEmpty {
      if rest.starts(with: old) {
        result += new
        rest.removeFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter.
  @inlinable
  public var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// Whether it is an ASCII digit.
  @inlinable
  public var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// Whether it is an ASCII letter or digit.
  @inlinable
  public var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

  /// Its value as an ASCII hexadecimal digit of either case; `nil` for anything else.
  public var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Collection<UInt8> {
  /// The whole number that ASCII digits write, and nothing but digits; `nil` for anything else.
  public var decimalValue: Int64? {
    allSatisfy(\.isASCIIDigit) ? Int64(String(decoding: self, as: UTF8.self)) : nil
  }
}

extension Sequence<UInt8> {
  /// The bytes of a text with its ASCII letters in lower case.
  public var lowercasedASCII: [UInt8] {
    map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
  }
}

extension BidirectionalCollection<UInt8> {
  /// The bytes without those at either end that are of a kind.
  public func trimming(_ isEdge: (UInt8) -> Bool) -> [UInt8] {
    guard let first = firstIndex(where: { !isEdge($0) }),
      let last = lastIndex(where: { !isEdge($0) })
    else { return [] }
    return Array(self[first...last])
  }

  /// The bytes without blanks and tabs at their ends.
  public var trimmedBlanks: [UInt8] { trimming { $0 == UInt8(ascii: " ") || $0 == 0x09 } }
}

/// A text of at most 32 bytes that is written at once, whatever its length.
public struct InlineText: Sendable {
  @usableFromInline let bytes: SIMD32<UInt8>
  @usableFromInline let count: Int

  /// Keeps a text, which must not be longer.
  public init(_ text: String) {
    var bytes = SIMD32<UInt8>.zero
    for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    self.bytes = bytes
    count = text.utf8.count
  }
}

/// Bytes as lower-case hexadecimal digits, two each.
public enum Hexadecimal {
  /// The digits as ASCII.
  public static func digits(of bytes: [UInt8]) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return digits
  }

  /// The digits as text.
  public static func text(of bytes: some Sequence<UInt8>) -> String {
    String(decoding: digits(of: Array(bytes)), as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension UInt64 {
  /// The eight bytes, the highest first.
  public var bigEndianBytes: [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> UInt64($0)) }
  }
}
