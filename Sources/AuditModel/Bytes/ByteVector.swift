/// Sixteen neighbouring bytes, looked at together.
///
/// They are compared with another vector, since the compiler compares them with a number one by one.
@frozen
public struct ByteVector: Sendable {
  /// What a question finds.
  public typealias Marks = SIMDMask<SIMD16<Int8>>

  @usableFromInline var bytes: SIMD16<UInt8>

  @inlinable @inline(__always)
  init(_ bytes: SIMD16<UInt8>) {
    self.bytes = bytes
  }

  /// The bytes that are this one.
  @inlinable @inline(__always)
  public func equal(to byte: UInt8) -> Marks { bytes .== SIMD16(repeating: byte) }

  /// The bytes below a value.
  @inlinable @inline(__always)
  public func below(_ limit: UInt8) -> Marks { bytes .< SIMD16(repeating: limit) }

  /// The bytes from a value on.
  @inlinable @inline(__always)
  public func from(_ least: UInt8) -> Marks { bytes .>= SIMD16(repeating: least) }
}
