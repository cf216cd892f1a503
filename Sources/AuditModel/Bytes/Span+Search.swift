extension Span<UInt8> {
  /// The position of the first byte that a question marks in its word, from a position on; the count without one.
  @inlinable @inline(__always)
  public func firstIndex(from start: Int = 0, where marks: (ByteWord) -> UInt64) -> Int {
    var position = start
    while position <= count - 8 {
      let found = marks(word(at: position))
      if found != 0 { return position + ByteWord.first(found) }
      position += 8
    }
    if let rest = lastWord(from: position) {
      return Swift.min(position + ByteWord.first(marks(rest)), count)
    }
    while position < count, ByteWord.first(marks(ByteWord(bits: UInt64(self[position])))) > 0 {
      position += 1
    }
    return position
  }
}
