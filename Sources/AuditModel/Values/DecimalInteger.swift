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
    // Halves of four digits, quarters of two, single digits: each time the greater part comes to stand before the lesser.
    let thousands = number / 10_000
    let fours = thousands | (number &- thousands &* 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    bits = (tens | (twos &- tens &* 10) << 8) &+ form
  }

  /// How many zeros stand before the first other digit.
  fileprivate var leadingZeros: Int { Self.first(bits ^ Self.zeros) }
}
