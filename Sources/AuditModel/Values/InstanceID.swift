/// The GUID of a workflow instance, as 128 bits.
public struct InstanceID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first eight bytes, most significant first.
  public var high: UInt64
  /// The last eight bytes.
  public var low: UInt64

  /// Makes an id of its two halves.
  public init(high: UInt64, low: UInt64) {
    (self.high, self.low) = (high, low)
  }

  /// Reads `9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1` in any case, with or without braces; `nil` for anything else.
  public init?(_ text: borrowing Span<UInt8>) {
    let braced = text.count == 38 && text[0] == UInt8(ascii: "{") && text[37] == UInt8(ascii: "}")
    guard braced || text.count == 36 else { return nil }
    let first = braced ? 1 : 0
    let hyphen = UInt8(ascii: "-")
    guard text[first + 8] == hyphen, text[first + 13] == hyphen, text[first + 18] == hyphen,
      text[first + 23] == hyphen
    else { return nil }
    let second = ByteWord(text.word(at: first + 9), first: 4, then: text.word(at: first + 14))
    let third = ByteWord(text.word(at: first + 19), first: 4, then: text.word(at: first + 24))
    guard let digits0 = text.word(at: first).hexadecimal, let digits1 = second.hexadecimal,
      let digits2 = third.hexadecimal, let digits3 = text.word(at: first + 28).hexadecimal
    else { return nil }
    self.init(
      high: UInt64(digits0) << 32 | UInt64(digits1), low: UInt64(digits2) << 32 | UInt64(digits3))
  }

  /// Reads an id from a string.
  public init?(_ text: String) {
    self.init(Array(text.utf8).span)
  }

  /// Orders as the hexadecimal digits do.
  public static func < (left: InstanceID, right: InstanceID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The canonical form: 36 characters, lower case.
  public var description: String {
    String(decoding: [UInt8](capacity: Self.length) { append(to: &$0) }, as: UTF8.self)
  }

  /// How many bytes the canonical form has.
  public static let length = 36

  /// Appends the canonical form; there must be room for it.
  public func append(to output: inout OutputSpan<UInt8>) {
    let digits = (
      Self.digits(of: high >> 32), Self.digits(of: high), Self.digits(of: low >> 32),
      Self.digits(of: low)
    )
    output.append(digits.0)
    output.append(UInt8(ascii: "-"))
    output.append(digits.1, first: 4)
    output.append(UInt8(ascii: "-"))
    output.append(ByteWord(bits: digits.1.bits >> 32), first: 4)
    output.append(UInt8(ascii: "-"))
    output.append(digits.2, first: 4)
    output.append(UInt8(ascii: "-"))
    output.append(ByteWord(bits: digits.2.bits >> 32), first: 4)
    output.append(digits.3)
  }

  /// The eight hexadecimal digits of the lower half of a word, each made in its byte of the result.
  private static func digits(of word: UInt64) -> ByteWord {
    var nibbles = word & 0xFFFF_FFFF
    nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = ((nibbles &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
    let letterOffset = UInt64(UInt8(ascii: "a") - 10 - UInt8(ascii: "0"))
    let digits = nibbles &+ 0x3030_3030_3030_3030 &+ letters &* letterOffset
    return ByteWord(bits: digits.byteSwapped)
  }
}
