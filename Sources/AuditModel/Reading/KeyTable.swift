/// Finds the known key that some bytes spell, in any ASCII case, trying first the one that usually comes next.
struct KeyTable<Key: RawRepresentable & CaseIterable & Sendable>: Sendable
where Key.RawValue == String {
  private let keys: [Key]
  private let names: [[UInt8]]
  /// Each key as it stands in a page that is written without white space, with its quotes and its colon.
  let written: [[UInt8]]

  init() {
    keys = Array(Key.allCases)
    names = keys.map { Array($0.rawValue.lowercased().utf8) }
    written = keys.map { Array("\"\($0.rawValue)\":".utf8) }
  }

  /// The key at an index.
  subscript(index: Int) -> Key { keys[index] }

  /// The index of the key that some bytes spell.
  func index(spelled bytes: borrowing Span<UInt8>, expecting expected: Int) -> Int? {
    for distance in names.indices {
      let index = (expected + distance) % names.count
      if Self.isSpelled(names[index], bytes) { return index }
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
