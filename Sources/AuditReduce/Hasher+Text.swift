extension Hasher {
  /// Takes in a text behind its length, so that no two lists of texts are the same.
  mutating func combine(_ text: borrowing Span<UInt8>) {
    combine(text.count)
    // The buffer is read within the call and not kept.
    unsafe text.withUnsafeBytes { unsafe combine(bytes: $0) }
  }
}
