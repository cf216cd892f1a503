private import AuditModel
import Crypto
private import SafeSHA256

/// A SHA-256 digest.
package struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The 32 bytes as four words, the first byte highest: four words cost no allocation, and a Merkle tree keeps millions.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// Takes the digest that Crypto made.
  init(words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = words
  }

  /// 64 zeros: "nothing before" in a chain.
  package static let zero = Digest(words: (0, 0, 0, 0))

  /// The digest of the bytes.
  package static func of(_ bytes: [UInt8]) -> Digest {
    of(bytes.span)
  }

  /// The digest of the bytes.
  package static func of(_ bytes: borrowing Span<UInt8>) -> Digest {
    var digester = Digester()
    digester.update(bytes)
    return digester.digest
  }

  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  package init?(hexadecimal: String) {
    let digits = Array(hexadecimal.utf8)
    guard digits.count == 64 else { return nil }
    var read: [UInt64] = []
    for start in stride(from: 0, to: 64, by: 16) {
      var word: UInt64 = 0
      for digit in digits[start..<start + 16] {
        guard let value = digit.hexadecimalValue, !(UInt8(ascii: "A")...UInt8(ascii: "F") ~= digit)
        else { return nil }
        word = word << 4 | UInt64(value)
      }
      read.append(word)
    }
    words = (read[0], read[1], read[2], read[3])
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { Self.bytes(of: [self]) }

  /// 64 lower-case hexadecimal digits.
  package var hexadecimal: String { Hexadecimal.text(of: bytes) }

  /// The hexadecimal digits.
  package var description: String { hexadecimal }

  /// Whether two digests are the same.
  package static func == (left: Digest, right: Digest) -> Bool {
    left.words == right.words
  }

  /// Whether a digest's bytes come before another's.
  package static func < (left: Digest, right: Digest) -> Bool {
    (left.words.0, left.words.1, left.words.2, left.words.3)
      < (right.words.0, right.words.1, right.words.2, right.words.3)
  }

  /// Adds one word, which is as good as all of a digest.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
  }

  /// The digests of parts of some bytes, each as if a byte came before it; several at a time where the processor can.
  static func of(
    _ parts: [Range<Int>], in bytes: borrowing Span<UInt8>, behind prefix: UInt8
  ) -> [Digest] {
    var digests: [Digest] = []
    digests.reserveCapacity(parts.count)
    while SHA256Lanes.count > 1, parts.count - digests.count >= SHA256Lanes.count {
      let group = parts[digests.count..<digests.count + SHA256Lanes.count]
      let words = SHA256Lanes.digests(of: group, in: bytes, behind: prefix)
      for start in stride(from: 0, to: words.count, by: 32) {
        digests.append(Digest(bytes: words.span.extracting(start..<start + 32)))
      }
    }
    for part in parts[digests.count...] {
      var digester = Digester(prefix: prefix)
      digester.update(bytes.extracting(part))
      digests.append(digester.digest)
    }
    return digests
  }

  /// The bytes of several, one behind the other.
  static func bytes(of digests: [Digest]) -> [UInt8] {
    [UInt8](capacity: digests.count * 32) { output in
      for digest in digests {
        output.append(ByteWord(bits: digest.words.0.byteSwapped))
        output.append(ByteWord(bits: digest.words.1.byteSwapped))
        output.append(ByteWord(bits: digest.words.2.byteSwapped))
        output.append(ByteWord(bits: digest.words.3.byteSwapped))
      }
    }
  }

  /// Takes 32 bytes.
  private init(bytes: borrowing Span<UInt8>) {
    words = (
      bytes.word(at: 0).bits.byteSwapped, bytes.word(at: 8).bits.byteSwapped,
      bytes.word(at: 16).bits.byteSwapped, bytes.word(at: 24).bits.byteSwapped
    )
  }
}

/// Computes the SHA-256 digest of bytes that come piece by piece.
package struct Digester: Sendable {
  private var state = SHA256()

  /// Starts with no bytes.
  package init() {}

  /// Starts with one byte.
  init(prefix: UInt8) {
    let bytes: [1 of UInt8] = [prefix]
    update(bytes.span)
  }

  /// Adds bytes.
  package mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Adds bytes.
  package mutating func update(_ bytes: borrowing Span<UInt8>) {
    // Crypto takes no span; the buffer is read within the call and not kept.
    unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
  }

  /// The digest of all bytes so far.
  package var digest: Digest {
    // A SHA-256 digest has 32 bytes: four unaligned loads stay inside.
    unsafe state.finalize().withUnsafeBytes { bytes in
      Digest(
        words: (
          unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
          unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
          unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
        ))
    }
  }
}
