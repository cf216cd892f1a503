/// Eight neighbouring bytes, looked at together.
///
/// What a question finds is marked by the highest bit of its byte. The first mark is always right; one behind it may
/// be a carry of the arithmetic, so that only ``first(_:)`` tells a position.
@frozen
public struct ByteWord: Sendable {
  /// The bytes, the first one lowest.
  public var bits: UInt64

  /// Takes eight bytes.
  @inlinable
  public init(bits: UInt64) {
    self.bits = bits
  }

  /// Puts the first bytes of one word before those of another.
  @inline(__always)
  init(_ word: ByteWord, first count: Int, then next: ByteWord) {
    let shift = UInt64(8 * count)
    bits = word.bits & (1 << shift - 1) | next.bits << shift
  }

  /// The bytes below a value of at most 0x80.
  @inlinable @inline(__always)
  public func below(_ limit: UInt8) -> UInt64 {
    (bits &- Self.repeating(limit)) & ~bits & Self.highBits
  }

  /// The bytes that are this one.
  @inlinable @inline(__always)
  public func equal(to byte: UInt8) -> UInt64 {
    ByteWord(bits: bits ^ Self.repeating(byte)).below(1)
  }

  /// The bytes that are not ASCII.
  @inlinable @inline(__always)
  public var notASCII: UInt64 { bits & Self.highBits }

  /// How many bytes come before the first mark; 8 without one.
  @inlinable @inline(__always)
  public static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  /// The number that the bytes write as eight hexadecimal digits; `nil` when they do not.
  @inline(__always)
  var hexadecimal: UInt32? {
    let folded = bits | Self.repeating(0x20)
    let isDigit = from(UInt8(ascii: "0"), bits) & ~from(UInt8(ascii: "9") + 1, bits)
    let isLetter = from(UInt8(ascii: "a"), folded) & ~from(UInt8(ascii: "f") + 1, folded)
    guard notASCII == 0, isDigit | isLetter == Self.highBits else { return nil }
    var value = (bits & Self.repeating(0x0F) &+ (isLetter >> 7) &* 9).byteSwapped
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: value | value >> 16)
  }

  /// The bytes from a value on, all of them being ASCII; each mark is right.
  @inline(__always)
  private func from(_ least: UInt8, _ bits: UInt64) -> UInt64 {
    ((bits | Self.highBits) &- Self.repeating(least)) & Self.highBits
  }

  @inlinable @inline(__always)
  static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  @inlinable @inline(__always)
  static func repeating(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }
}

/// Sixteen neighbouring bytes, looked at together.
///
/// They are compared with another vector, since the compiler compares them with a number one by one.
@frozen
public struct ByteVector: Sendable {
  /// What a question finds.
  public typealias Marks = SIMDMask<SIMD16<Int8>>

  @usableFromInline var bytes: SIMD16<UInt8>

  @inlinable @inline(__always)
  init(_ bytes: SIMD16<UInt8>) {
    self.bytes = bytes
  }

  /// The bytes that are this one.
  @inlinable @inline(__always)
  public func equal(to byte: UInt8) -> Marks { bytes .== SIMD16(repeating: byte) }

  /// The bytes below a value.
  @inlinable @inline(__always)
  public func below(_ limit: UInt8) -> Marks { bytes .< SIMD16(repeating: limit) }

  /// The bytes from a value on.
  @inlinable @inline(__always)
  public func atLeast(_ least: UInt8) -> Marks { bytes .>= SIMD16(repeating: least) }
}

extension Span<UInt8> {
  /// The position of the first byte that a question marks in its word, from a position on; the count without one.
  @inlinable @inline(__always)
  public func firstIndex(from start: Int = 0, where marks: (ByteWord) -> UInt64) -> Int {
    var position = start
    while position <= count - 8 {
      let found = marks(word(at: position))
      if found != 0 { return position + ByteWord.first(found) }
      position += 8
    }
    if let rest = lastWord(from: position) {
      return Swift.min(position + ByteWord.first(marks(rest)), count)
    }
    while position < count, ByteWord.first(marks(ByteWord(bits: UInt64(self[position])))) > 0 {
      position += 1
    }
    return position
  }
}

extension [UInt8] {
  /// Appends a number in decimal, its digits padded with zeros to a width of at most 20.
  public mutating func append(integer number: Int64, width: Int = 1) {
    append(addingCapacity: 21) { $0.append(integer: number, width: width) }
  }
}

extension OutputSpan<UInt8> {
  /// Appends a number in decimal, its digits padded with zeros to a width of at most 20; there must be room for the eight
  /// bytes of a word behind the first digits.
  public mutating func append(integer number: Int64, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(magnitude: number.magnitude, width: width)
  }

  private mutating func append(magnitude: UInt64, width: Int) {
    let (rest, last) = magnitude.quotientAndRemainder(dividingBy: 100_000_000)
    let digits = ByteWord(digits: last)
    if rest > 0 || width > 8 {
      append(magnitude: rest, width: width - 8)
      append(digits)
    } else {
      let zeros = min(digits.leadingZeros, 8 - width)
      append(ByteWord(bits: digits.bits >> UInt64(8 * zeros)), first: 8 - zeros)
    }
  }
}

extension ByteWord {
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The eight decimal digits of a number that has no more, each added to its byte of a form: to `0000-00-`, if not just
  /// to zeros.
  init(digits number: UInt64, form: UInt64 = zeros) {
    // Halves of four digits, quarters of two, single digits: each time the greater part comes before the lesser.
    let thousands = number / 10_000
    let fours = thousands | (number &- thousands &* 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    bits = (tens | (twos &- tens &* 10) << 8) &+ form
  }

  /// How many zeros precede the first other digit.
  fileprivate var leadingZeros: Int { Self.first(bits ^ Self.zeros) }
}
