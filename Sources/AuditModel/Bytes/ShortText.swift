/// A text of at most 32 bytes that is written at once, whatever its length.
public struct ShortText: Sendable {
  @usableFromInline let bytes: SIMD32<UInt8>
  @usableFromInline let count: Int

  /// Keeps a text, which must not be longer.
  public init(_ text: String) {
    var bytes = SIMD32<UInt8>.zero
    for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    self.bytes = bytes
    count = text.utf8.count
  }
}
