/// Eight neighbouring bytes, looked at together.
///
/// What a question finds is marked by the highest bit of its byte. The first mark is always right; one behind it may
/// be a carry of the arithmetic, so that only ``first(_:)`` says where something stands.
@frozen
public struct ByteWord: Sendable {
  /// The bytes, the first one lowest.
  public var bits: UInt64

  /// Takes eight bytes.
  @inlinable
  public init(bits: UInt64) {
    self.bits = bits
  }

  /// The bytes below a value of at most 0x80.
  @inlinable @inline(__always)
  public func below(_ limit: UInt8) -> UInt64 {
    (bits &- Self.repeating(limit)) & ~bits & Self.highBits
  }

  /// The bytes that are this one.
  @inlinable @inline(__always)
  public func equal(to byte: UInt8) -> UInt64 {
    ByteWord(bits: bits ^ Self.repeating(byte)).below(1)
  }

  /// The bytes that are not ASCII.
  @inlinable @inline(__always)
  public var notASCII: UInt64 { bits & Self.highBits }

  /// How many bytes come before the first mark; 8 without one.
  @inlinable @inline(__always)
  public static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  @usableFromInline static let highBits: UInt64 = 0x8080_8080_8080_8080

  @inlinable @inline(__always)
  static func repeating(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }
}
