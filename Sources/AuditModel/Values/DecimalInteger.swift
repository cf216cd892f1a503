extension [UInt8] {
  /// Appends a number in decimal, its digits padded with zeros to a width.
  public mutating func append(integer number: Int64, width: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt64 = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor <= number.magnitude / 10 { divisor *= 10 }
    var rest = number.magnitude
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
