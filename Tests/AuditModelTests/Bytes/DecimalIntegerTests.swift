import TestSupport
import Testing

@testable import AuditModel

@Suite("Integers, read and written")
struct DecimalIntegerTests {
  /// Bounds, powers of ten with their neighbours, and numbers of every length.
  private static let numbers: [Int64] = {
    var generator = SeededGenerator(seed: 8)
    var numbers: [Int64] = [.min, .min + 1, -1, 0, .max - 1, .max]
    var power: Int64 = 1
    for _ in 0...18 {
      numbers += [power - 1, power, power + 1, -power]
      power &*= 10
    }
    for shift in 0..<64 { numbers.append(Int64(bitPattern: generator.next()) >> Int64(shift)) }
    return numbers
  }()

  @Test("A number is written as Swift writes it, and read back")
  func written() {
    for number in Self.numbers {
      var bytes: [UInt8] = []
      bytes.append(integer: number)
      #expect(String(decoding: bytes, as: UTF8.self) == String(number))
      let value = ExactInteger.value(of: bytes.span)
      #expect(value == number)
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
    let read = ExactInteger.value(of: Array(text.utf8).span)
    #expect(read == value)
  }

  @Test("A text is an integer only when every byte is a digit")
  func digits() {
    let value = { (text: [UInt8]) in ExactInteger.value(ofDigits: text.span) }
    #expect(value([]) == nil)
    for byte in UInt8.min...UInt8.max {
      let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      for text in [[byte], [UInt8(ascii: "1"), byte], [byte, UInt8(ascii: "1")]] {
        #expect((value(text) != nil) == isDigit, "\(text)")
      }
    }
    #expect(value(Array("0042".utf8)) == 42)
    #expect(value(Array("99999999999999999999".utf8)) == nil)
  }
}
