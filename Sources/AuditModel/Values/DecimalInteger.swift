extension [UInt8] {
  /// Appends a number in decimal, its digits padded with zeros to a width of at most 20.
  public mutating func append(integer number: Int64, width: Int = 1) {
    append(addingCapacity: 21) { $0.append(integer: number, width: width) }
  }
}

extension OutputSpan<UInt8> {
  /// Appends a number in decimal, its digits padded with zeros to a width of at most 20.
  public mutating func append(integer number: Int64, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var digits: [20 of UInt8] = .init(repeating: UInt8(ascii: "0"))
    var first = 20
    var rest = number.magnitude
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    for index in min(first, 20 - width)..<20 { append(digits[index]) }
  }

  /// Appends two digits.
  @inline(__always)
  mutating func append(twoDigits number: Int64) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }
}
