/// Finds the known key that some bytes spell, in any ASCII case, trying first the one that usually comes next.
struct CaseInsensitiveKeys<Key: RawRepresentable & CaseIterable & Sendable>: Sendable
where Key.RawValue == String {
  private struct Entry {
    let key: Key
    let name: [UInt8]
    let written: [UInt8]
  }

  private let entries = Key.allCases.map { key in
    Entry(
      key: key, name: Array(key.rawValue.lowercased().utf8),
      written: Array("\"\(key.rawValue)\":".utf8))
  }

  /// How many keys there are.
  var count: Int { entries.count }

  /// The key at an index.
  subscript(index: Int) -> Key { entries[index].key }

  /// A key as a page without white space has it, with its quotes and its colon.
  func written(_ index: Int) -> [UInt8] { entries[index].written }

  /// The index of the key that some bytes spell.
  func index(spelled bytes: borrowing Span<UInt8>, expecting expected: Int) -> Int? {
    for distance in entries.indices {
      let index = (expected + distance) % entries.count
      if Self.isSpelled(entries[index].name, bytes) { return index }
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
