import CSHA256

/// SHA-256 of many short messages, several at a time, where the processor has vectors for it.
package enum SHA256Lanes {
  /// How many messages are digested at a time; 1 where the processor cannot.
  package static let count = sha256_lanes_exist() ? Int(SHA256_LANES) : 1

  /// The digests of parts of some bytes, each as if a byte came before it, 32 bytes for each, one behind the other.
  ///
  /// There are as many parts as ``count`` says, which is more than 1, and each lies inside the bytes.
  package static func digests(
    of parts: ArraySlice<Range<Int>>, in bytes: borrowing Span<UInt8>, behind prefix: UInt8
  ) -> [UInt8] {
    precondition(count > 1 && parts.count == count)
    for part in parts { precondition(part.lowerBound >= 0 && part.upperBound <= bytes.count) }
    // A key path would be followed at run time here, for each part.
    let lengths = parts.map { $0.count }
    // The messages lie inside the bytes, which live for the whole call; the digests fill what is given for them.
    return unsafe bytes.withUnsafeBufferPointer { all in
      let messages = unsafe parts.map { part in
        unsafe all.baseAddress.map { unsafe $0 + part.lowerBound }
      }
      return unsafe [UInt8](unsafeUninitializedCapacity: count * 32) { digests, written in
        unsafe sha256_lanes(prefix, messages, lengths, digests.baseAddress)
        written = count * 32
      }
    }
  }
}
