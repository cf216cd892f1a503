import TestSupport
import Testing

@testable import AuditModel

/// Lengths around a word of eight bytes and a vector of sixteen.
let tellingLengths = [0, 1, 7, 8, 9, 15, 16, 17]

@Suite("Eight and sixteen bytes at a time")
struct ByteWordTests {
  /// A word of one byte, but for another at a position.
  private func word(of filling: UInt8, but byte: UInt8, at position: Int) -> ByteWord {
    var bytes = [UInt8](repeating: filling, count: 8)
    bytes[position] = byte
    return bytes.span.word(at: 0)
  }

  @Test("Each of 256 bytes is found at each of eight places", arguments: UInt8.min...UInt8.max)
  func equal(byte: UInt8) {
    for position in 0..<8 {
      let word = word(of: byte ^ 0x55, but: byte, at: position)
      #expect(ByteWord.first(word.equal(to: byte)) == position)
      #expect(ByteWord.first(word.equal(to: byte ^ 0x01)) == 8)
    }
  }

  @Test("A byte below a limit is found, those at it and above are not", arguments: [1, 0x20, 0x80])
  func below(limit: UInt8) {
    for byte in UInt8.min...UInt8.max {
      for position in 0..<8 {
        let found = ByteWord.first(word(of: 0xFF, but: byte, at: position).below(limit))
        #expect(found == (byte < limit ? position : 8), "\(byte) at \(position)")
      }
    }
  }

  @Test("The first byte that is not ASCII is found")
  func notASCII() {
    for byte in UInt8.min...UInt8.max {
      for position in 0..<8 {
        let found = ByteWord.first(
          word(of: UInt8(ascii: "a"), but: byte, at: position).notASCII)
        #expect(found == (byte < 0x80 ? 8 : position))
      }
    }
  }

  @Test("Eight hexadecimal digits are their number; with any other byte they are none")
  func hexadecimal() {
    var generator = SeededGenerator(seed: 3)
    let drawn = (0..<200).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
    for number in [0, 1, .max] + drawn {
      let digits = String(number, radix: 16)
      let text = String(repeating: "0", count: 8 - digits.utf8.count) + digits
      for spelling in [text, text.uppercased()] {
        let word = Array(spelling.utf8).span.word(at: 0)
        #expect(word.hexadecimal == number)
      }
    }
    let digits = Set("0123456789abcdefABCDEF".utf8)
    for byte in UInt8.min...UInt8.max {
      for position in 0..<8 {
        let word = word(of: UInt8(ascii: "0"), but: byte, at: position)
        #expect((word.hexadecimal != nil) == digits.contains(byte), "\(byte) at \(position)")
      }
    }
  }

  @Test("A vector tells the first of sixteen bytes", arguments: UInt8.min...UInt8.max)
  func vector(byte: UInt8) {
    for position in 0..<16 {
      var bytes = [UInt8](repeating: byte ^ 0x80, count: 16)
      bytes[position] = byte
      let vector = bytes.span.vector(at: 0)
      #expect(vector.equal(to: byte).first == position)
      #expect(vector.equal(to: byte ^ 0x01).isEmpty)
      #expect(vector.equal(to: byte ^ 0x01).first == 16)
      let other = position == 0 ? 1 : 0
      #expect(vector.below(0x80).first == (byte < 0x80 ? position : other))
      #expect(vector.atLeast(0x80).first == (byte < 0x80 ? other : position))
    }
  }

  @Test("A search finds the first place from any start, whatever the length", arguments: 0...17)
  func search(length: Int) {
    for place in 0...length {
      var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      if place < length { bytes[place] = UInt8(ascii: ",") }
      for start in 0...length {
        let found = bytes.span.firstIndex(from: start) { $0.equal(to: UInt8(ascii: ",")) }
        #expect(found == (start <= place ? place : length), "\(place) from \(start)")
      }
    }
  }

  @Test("A last word holds the bytes up to the end and then zeros", arguments: 0...17)
  func lastWord(length: Int) throws {
    let bytes = (0..<length).map { UInt8($0 + 1) }
    for position in 0...length {
      let rest = length - position
      let word = bytes.span.lastWord(from: position)
      guard length >= 8, 1...7 ~= rest else {
        #expect(word == nil)
        continue
      }
      let padded = Array(bytes[position...] + [UInt8](repeating: 0, count: 8 - rest))
      let expected = padded.span.word(at: 0)
      #expect(try #require(word).bits == expected.bits)
    }
  }

  @Test("Bytes stand at a place only when each of them does", arguments: tellingLengths)
  func holds(length: Int) {
    let sought = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }
    for before in tellingLengths {
      let text = [UInt8](repeating: 0, count: before) + sought
      let holds = { (other: [UInt8]) in text.span.holds(other.span, at: before) }
      #expect(holds(sought))
      #expect(!holds(sought + [9]))
      for changed in sought.indices {
        var other = sought
        other[changed] ^= 0x80
        #expect(!holds(other), "byte \(changed)")
      }
    }
  }

  @Test("What is appended is what was given, whatever the length", arguments: tellingLengths)
  func append(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 11) }
    let copy = [UInt8](copying: bytes.span)
    #expect(copy == bytes)
    var appended: [UInt8] = [1, 2]
    appended.append(copying: bytes.span)
    #expect(appended == [1, 2] + bytes)
    let text = String(repeating: "t", count: length)
    var short: [UInt8] = []
    short.append(addingCapacity: 32) { $0.append(InlineText(text)) }
    #expect(short == Array(text.utf8))
  }
}
