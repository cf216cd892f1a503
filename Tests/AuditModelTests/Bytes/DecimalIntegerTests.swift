import TestSupport
import Testing

@testable import AuditModel

@Suite("Integers, read and written")
struct DecimalIntegerTests {
  /// Bounds, powers of ten with their neighbours, and numbers of every length.
  private static let numbers: [Int64] = {
    let powers = (0...18).map { (0..<$0).reduce(Int64(1)) { power, _ in power * 10 } }
    var generator = SeededGenerator(seed: 8)
    let drawn = (0..<64).map { Int64(bitPattern: generator.next()) >> Int64($0) }
    return [.min, .min + 1, -1, 0, .max - 1, .max]
      + powers.flatMap { [$0 - 1, $0, $0 + 1, -$0] } + drawn
  }()

  @Test("A number is written as Swift writes it, and read back")
  func written() {
    for number in Self.numbers {
      var bytes: [UInt8] = []
      bytes.append(integer: number)
      #expect(String(decoding: bytes, as: UTF8.self) == String(number))
      #expect(ExactInteger.value(of: bytes.span) == number)
    }
  }

  @Test("A number is padded with zeros to its width", arguments: 1...20)
  func padded(width: Int) {
    for number in Self.numbers where number >= 0 {
      var bytes: [UInt8] = []
      bytes.append(integer: number, width: width)
      let digits = String(number)
      let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
      #expect(String(decoding: bytes, as: UTF8.self) == zeros + digits)
    }
  }

  @Test(
    "An integer of JSON is exact or none",
    arguments: [
      ("0", 0), ("-0", 0), ("1.0", 1), ("-1.00", -1), ("1e3", 1000), ("12E-1", nil),
      ("120e-1", 12), ("0.5", nil), ("0e999999999999", 0), ("1e999999999999", nil),
      ("9223372036854775807", Int64.max), ("9223372036854775808", nil),
      ("-9223372036854775808", Int64.min), ("-9223372036854775809", nil),
      ("922337203685477580.7e1", Int64.max), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil),
      ("100000000000000000000e-2", 1_000_000_000_000_000_000),
    ] as [(String, Int64?)])
  func exact(text: String, value: Int64?) {
    #expect(ExactInteger.value(of: Array(text.utf8).span) == value)
  }

  @Test("A text is an integer only when every byte is a digit")
  func digits() {
    #expect(ExactInteger.value(ofDigits: [UInt8]().span) == nil)
    for byte in UInt8.min...UInt8.max {
      let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      for text in [[byte], [UInt8(ascii: "1"), byte], [byte, UInt8(ascii: "1")]] {
        #expect((ExactInteger.value(ofDigits: text.span) != nil) == isDigit, "\(text)")
      }
    }
    #expect(ExactInteger.value(ofDigits: Array("0042".utf8).span) == 42)
    #expect(ExactInteger.value(ofDigits: Array("99999999999999999999".utf8).span) == nil)
  }
}
