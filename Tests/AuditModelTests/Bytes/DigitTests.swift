import AuditModel
import Testing

@Suite("Digits in bytes")
struct DigitTests {
  @Test(
    "A whole number is digits and nothing else, as far as 64 bits hold it",
    arguments: [
      ("0", 0), ("007", 7), ("42", 42), ("9223372036854775807", .max),
      ("9223372036854775808", nil), ("", nil), ("-1", nil), ("+1", nil), (" 1", nil), ("1.0", nil),
      ("1e3", nil), ("١", nil), ("/", nil), (":", nil),
    ] as [(String, Int64?)])
  func wholeNumbers(text: String, number: Int64?) {
    #expect(text.utf8.decimalValue == number)
    #expect(Array("x\(text)".utf8).dropFirst().decimalValue == number)
  }

  @Test("Of all bytes, ten are digits, 52 are letters, and 22 are hexadecimal digits")
  func allBytes() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(bytes.filter(\.isASCIIDigit) == Array("0123456789".utf8))
    #expect(
      bytes.filter(\.isASCIILetter)
        == Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8))
    #expect(bytes.filter(\.isASCIIAlphanumeric).count == 62)
    #expect(bytes.filter { $0.hexadecimalValue != nil } == Array("0123456789ABCDEFabcdef".utf8))
  }
}
