/// One bit for each of a power of two of hash values.
struct BitTable {
  private var words: [UInt64]
  private let mask: UInt

  /// Makes a table with eight to sixteen bits for each of so many values, none set.
  init(values: Int) {
    let count = UInt(max(values, 8) * 8 - 1)
    mask = .max >> UInt(count.leadingZeroBitCount)
    words = [UInt64](repeating: 0, count: Int(mask >> 6) + 1)
  }

  /// Whether the bit of a hash value is set.
  func contains(_ hash: Int) -> Bool {
    let place = UInt(bitPattern: hash) & mask
    return words[Int(place >> 6)] >> UInt64(place & 63) & 1 == 1
  }

  /// Sets the bit of a hash value; whether it was not set before.
  mutating func insert(_ hash: Int) -> Bool {
    let isNew = !contains(hash)
    let place = UInt(bitPattern: hash) & mask
    words[Int(place >> 6)] |= 1 << UInt64(place & 63)
    return isNew
  }
}
