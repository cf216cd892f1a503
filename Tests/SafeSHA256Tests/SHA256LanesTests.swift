import Crypto
import TestSupport
import Testing

@testable import SafeSHA256

@Suite("Several SHA-256 digests at a time", .enabled(if: SHA256Lanes.count > 1))
struct SHA256LanesTests {
  /// Digests parts of some bytes by both, and holds them against each other.
  private func isSame(_ parts: [Range<Int>], of bytes: [UInt8], behind prefix: UInt8) -> Bool {
    let digests = SHA256Lanes.digests(of: parts[...], in: bytes.span, behind: prefix)
    return digests == parts.flatMap { Array(SHA256.hash(data: [prefix] + bytes[$0])) }
  }

  private static let bytes: [UInt8] = {
    var random = SeededGenerator(seed: 22)
    return (0..<4096).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }()

  @Test("Every length from 0 to 300 has the digest that swift-crypto finds", arguments: 0...300)
  func lengths(length: Int) {
    let parts = (0..<SHA256Lanes.count).map { $0..<$0 + length }
    #expect(isSame(parts, of: Self.bytes, behind: UInt8(length & 0xFF)))
  }

  @Test("Messages of different lengths beside each other have their own", arguments: 0..<100)
  func mixed(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<SHA256Lanes.count).map { _ in
      let start = Int.random(in: 0...Self.bytes.count, using: &random)
      return start..<Int.random(in: start...Self.bytes.count, using: &random)
    }
    #expect(isSame(parts, of: Self.bytes, behind: UInt8.random(in: .min ... .max, using: &random)))
  }

  @Test("Empty messages of no bytes are digested")
  func empty() {
    let parts = [Range<Int>](repeating: 0..<0, count: SHA256Lanes.count)
    #expect(isSame(parts, of: [], behind: 0))
  }
}
