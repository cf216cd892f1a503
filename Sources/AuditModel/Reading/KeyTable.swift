/// Finds the known key that some bytes spell, in any ASCII case, trying first the one that usually comes next.
struct KeyTable<Key: RawRepresentable & CaseIterable & Sendable>: Sendable
where Key.RawValue == String {
  private let keys: [Key]
  private let names: [[UInt8]]

  init() {
    keys = Array(Key.allCases)
    names = keys.map { Array($0.rawValue.lowercased().utf8) }
  }

  /// The key, and its index, which tells the next call what to expect.
  func key(
    spelled bytes: borrowing Span<UInt8>, expecting expected: Int
  ) -> (key: Key, index: Int)? {
    for distance in names.indices {
      let index = (expected + distance) % names.count
      if Self.isSpelled(names[index], bytes) { return (keys[index], index) }
    }
    return nil
  }

  private static func isSpelled(_ name: [UInt8], _ bytes: borrowing Span<UInt8>) -> Bool {
    guard name.count == bytes.count else { return false }
    for index in bytes.indices {
      let byte = bytes[index]
      let isUppercase = byte &- UInt8(ascii: "A") < 26
      if name[index] != (isUppercase ? byte | 0x20 : byte) { return false }
    }
    return true
  }
}
