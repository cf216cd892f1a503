// The one file in which rows are read and written by more than a byte at a time. Each access is checked against the
// span's bounds before it is made, so that no caller can reach beyond them, and no pointer leaves its function.

extension Span<UInt8> {
  /// The eight bytes from a position on, which must lie inside.
  @inlinable @inline(__always)
  public func word(at position: Int) -> ByteWord {
    precondition(position >= 0 && position <= count - 8)
    // Eight bytes from here on lie inside, and any eight bytes are an integer.
    return ByteWord(
      bits: UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: position, as: UInt64.self)))
  }

  /// The sixteen bytes from a position on, which must lie inside.
  @inlinable @inline(__always)
  public func vector(at position: Int) -> ByteVector {
    precondition(position >= 0 && position <= count - 16)
    // Sixteen bytes from here on lie inside, and any sixteen bytes are a vector.
    return ByteVector(
      unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: SIMD16<UInt8>.self))
  }

  /// The last sixteen bytes; of fewer than sixteen, and at least one, each of them at least once and no other.
  @inlinable @inline(__always)
  public var lastVector: ByteVector {
    if count >= 16 { return vector(at: count - 16) }
    var words: SIMD2<UInt64>
    if count >= 8 {
      words = SIMD2(word(at: 0).bits, word(at: count - 8).bits)
    } else {
      words = SIMD2(repeating: 0)
      for index in 0..<8 {
        words = words &<< 8 | SIMD2(repeating: UInt64(self[Swift.min(index, count - 1)]))
      }
    }
    // Sixteen bytes either way, and any sixteen bytes are a vector.
    return ByteVector(unsafe unsafeBitCast(words, to: SIMD16<UInt8>.self))
  }

  /// The last bytes, fewer than eight, followed by zeros; `nil` where the span is shorter than a word.
  @inlinable @inline(__always)
  public func lastWord(from position: Int) -> ByteWord? {
    let rest = count - position
    guard count >= 8, rest > 0, rest < 8 else { return nil }
    return ByteWord(bits: word(at: count - 8).bits >> UInt64(8 * (8 - rest)))
  }

  /// Whether these bytes are at a position; `false` as well where the span ends before them.
  @inlinable @inline(__always)
  public func holds(_ other: borrowing Span<UInt8>, at position: Int) -> Bool {
    let here = extracting(droppingFirst: position).extracting(first: other.count)
    guard here.count == other.count else { return false }
    let last = other.count - 8
    guard last >= 0 else {
      for index in other.indices where here[index] != other[index] { return false }
      return true
    }
    // The last word may overlap the one before it.
    var index = 0
    while index < last {
      if here.word(at: index).bits != other.word(at: index).bits { return false }
      index += 8
    }
    return here.word(at: last).bits == other.word(at: last).bits
  }
}

extension ByteVector.Marks {
  /// Whether there are none.
  @inlinable @inline(__always)
  public var isEmpty: Bool { halves == .zero }

  /// How many bytes come before the first; 16 without one.
  @inlinable @inline(__always)
  public var first: Int {
    let first = ByteWord.first(UInt64(littleEndian: halves.x))
    return first < 8 ? first : 8 + ByteWord.first(UInt64(littleEndian: halves.y))
  }

  @inlinable @inline(__always)
  var halves: SIMD2<UInt64> {
    // A mask is as large as its sixteen bytes, and any bytes are two integers.
    unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
  }
}

extension OutputSpan<UInt8> {
  /// Appends the first bytes of a word; there must be room for all eight.
  @inlinable @inline(__always)
  public mutating func append(_ word: ByteWord, first count: Int = 8) {
    precondition(freeCapacity >= 8 && count >= 0 && count <= 8)
    // Eight bytes of room are there, and those counted as initialised have been written.
    unsafe withUnsafeMutableBufferPointer { buffer, initialised in
      if let base = UnsafeMutableRawPointer(buffer.baseAddress) {
        unsafe (base + initialised).storeBytes(of: word.bits.littleEndian, as: UInt64.self)
      }
      initialised += count
    }
  }

  /// Appends a short text; there must be room for the longest.
  @inlinable @inline(__always)
  public mutating func append(_ text: InlineText) {
    precondition(freeCapacity >= 32)
    // As above, of 32 bytes of room.
    unsafe withUnsafeMutableBufferPointer { buffer, initialised in
      if let base = UnsafeMutableRawPointer(buffer.baseAddress) {
        unsafe (base + initialised).storeBytes(of: text.bytes, as: SIMD32<UInt8>.self)
      }
      initialised += text.count
    }
  }

  /// Appends bytes, for which there must be room.
  @inlinable @inline(__always)
  public mutating func append(_ added: borrowing Span<UInt8>) {
    precondition(freeCapacity >= added.count)
    unsafe added.withUnsafeBufferPointer { source in
      unsafe withUnsafeMutableBufferPointer { buffer, initialised in
        // Both are at least as long as what is copied, and a span being written overlaps none that is read.
        guard let base = buffer.baseAddress, let start = source.baseAddress else { return }
        unsafe (base + initialised).initialize(from: start, count: source.count)
        initialised += source.count
      }
    }
  }
}

extension [UInt8] {
  /// The bytes of a span, as an array.
  @inlinable
  public init(copying span: borrowing Span<UInt8>) {
    self.init(capacity: span.count) { $0.append(span) }
  }

  /// Appends the bytes of a span.
  @inlinable @inline(__always)
  public mutating func append(copying span: borrowing Span<UInt8>) {
    append(addingCapacity: span.count) { $0.append(span) }
  }
}

/// The byte that a value without references is, which takes no more than one.
@inlinable @inline(__always)
func byte<Value>(of value: Value) -> UInt8 {
  precondition(MemoryLayout<Value>.size == 1)
  // A value of one byte can be nothing but an integer's.
  return unsafe unsafeBitCast(value, to: UInt8.self)
}

/// A value for each case of an enumeration whose cases carry nothing.
public struct CaseTable<Case: CaseIterable, Value: Sendable>: Sendable {
  /// By the byte that a case is; other bytes have the value of some case.
  @usableFromInline let values: [Value]

  /// Makes the values; there must be a case.
  public init(_ value: (Case) -> Value) {
    let known = Case.allCases.map { (byte(of: $0), value($0)) }
    var values = [Value](repeating: known[0].1, count: 256)
    for (byte, value) in known { values[Int(byte)] = value }
    self.values = values
  }

  /// The value for a case.
  @inlinable @inline(__always)
  public subscript(_ each: Case) -> Value { values[Int(byte(of: each))] }
}
