import Crypto

/// Computes the SHA-256 digest of bytes that come piece by piece.
public struct Digester: Sendable {
  private var state = SHA256()

  /// Starts with no bytes.
  public init() {}

  /// Starts with one byte.
  init(prefix: UInt8) {
    let bytes: [1 of UInt8] = [prefix]
    update(bytes.span)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: borrowing Span<UInt8>) {
    // Crypto takes no span; the buffer is read within the call and not kept.
    unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
  }

  /// Adds the bytes of words as they lie in memory, from one of them on.
  mutating func update(_ words: borrowing Span<UInt64>, from first: Int) {
    // As above.
    unsafe words.withUnsafeBytes {
      unsafe state.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[first...]))
    }
  }

  /// The digest of all bytes so far.
  public var digest: Digest {
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
