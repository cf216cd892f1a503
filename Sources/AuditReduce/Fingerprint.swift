private import AuditModel
private import Crypto

/// The first 128 bits of a SHA-256 digest: stands for a text that would be too long to keep for every instance.
///
/// A cryptographic digest, because requesters choose the texts: with a cheaper one they could make two of them look
/// like one.
package struct Fingerprint: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Digests some bytes.
  package init(of bytes: [UInt8]) {
    var state = SHA256()
    // Crypto takes no span; the buffer is read within the call and not kept.
    unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
    // The digest is 32 bytes, of which the first 16 are two whole words.
    let words = unsafe state.finalize().withUnsafeBytes { digest in
      unsafe (
        digest.loadUnaligned(as: UInt64.self),
        digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
    self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
  }

  /// Reads thirty-two hexadecimal digits; anything else is no fingerprint.
  package init?(hexadecimal: String) {
    guard hexadecimal.utf8.count == 32, let high = UInt64(hexadecimal.prefix(16), radix: 16),
      let low = UInt64(hexadecimal.dropFirst(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// Thirty-two hexadecimal digits.
  package var hexadecimal: String {
    Hexadecimal.text(of: high.bigEndianBytes + low.bigEndianBytes)
  }
}
