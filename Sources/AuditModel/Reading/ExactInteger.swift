/// Reads integers without rounding.
enum ExactInteger {
  /// The value of a JSON number such as `17`, `1.0` or `1e3`; `nil` when it has a fraction or does not fit 64 bits.
  static func value(of number: borrowing Span<UInt8>) -> Int64? {
    if let value = short(number) { return value }
    var digits: [Int64] = []
    var point: Int?
    var exponent = 0
    var position = 0
    let isNegative = number[0] == UInt8(ascii: "-")
    if isNegative { position = 1 }
    while position < number.count {
      let byte = number[position]
      position += 1
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte | 0x20 == UInt8(ascii: "e") {
        let text = String(decoding: [UInt8](copying: number.extracting(position...)), as: UTF8.self)
        guard let power = Int(text), abs(power) < 1000 else {
          return digits.allSatisfy { $0 == 0 } ? 0 : nil
        }
        exponent = power
        position = number.count
      } else {
        digits.append(Int64(byte - UInt8(ascii: "0")))
      }
    }
    let integerDigits = (point ?? digits.count) + exponent
    guard digits.dropFirst(max(integerDigits, 0)).allSatisfy({ $0 == 0 }) else { return nil }
    var value: Int64 = 0
    for index in 0..<max(integerDigits, 0) {
      let digit = index < digits.count ? digits[index] : 0
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.subtractingReportingOverflow(digit)
      if tooLarge || overflow { return nil }
      value = sum
    }
    // Built up negatively, so that the least value of 64 bits is in reach.
    return isNegative ? value : (value == .min ? nil : -value)
  }

  /// The value of up to eighteen digits, which is what nearly all numbers are.
  private static func short(_ number: borrowing Span<UInt8>) -> Int64? {
    guard number.count <= 18 else { return nil }
    var value: Int64 = 0
    for index in number.indices {
      let digit = number[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  /// The value of a text that consists of ASCII digits alone.
  static func value(ofDigits text: borrowing Span<UInt8>) -> Int64? {
    guard text.count > 0 else { return nil }
    for index in text.indices where text[index] &- UInt8(ascii: "0") > 9 { return nil }
    return value(of: text)
  }
}
