/// Where a text lies in the text of its ``InstanceBatch``.
public struct TextSlice: Sendable, Hashable {
  /// The offset of the first byte.
  public var start: UInt32
  /// The number of bytes.
  public var count: UInt32

  /// Makes a slice.
  public init(start: Int, count: Int) {
    self.start = UInt32(start)
    self.count = UInt32(count)
  }

  /// The bytes' positions.
  public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
