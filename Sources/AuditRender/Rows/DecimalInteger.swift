extension [UInt8] {
  /// Appends a number in decimal digits.
  mutating func append(integer number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt64 = 1
    while divisor <= number.magnitude / 10 { divisor *= 10 }
    var rest = number.magnitude
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
