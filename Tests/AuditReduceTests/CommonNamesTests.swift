import Testing

@testable import AuditReduce

@Suite("Common names by key")
struct CommonNamesTests {
  private func name(_ key: UInt) -> [UInt8] { Array("host\(key).example".utf8) }

  @Test("Each name is found by its key, over several parts and two shards, and no other is")
  func names() throws {
    // As keys, which are hashes: spread over all bits, and some that share the lowest.
    let keys = (0..<150_000).map { UInt($0) &* 0x9E37_79B9_7F4A_7C15 } + (1..<50).map { $0 << 40 }
    var (names, other) = (CommonNames(), CommonNames())
    let none: [UInt8] = []
    for key in keys {
      let text = name(key)
      names.add(text.span, key: key)
      if key % 3 == 0 { other.add(text.span, key: key) }
      // A name that is there already is kept as it was.
      names.add(none.span, key: key)
    }
    let seven = name(7)
    other.add(seven.span, key: 7)
    names.merge(other)
    let wrong = (keys + [7]).filter { key in names.name(of: key).map { Array($0) } != name(key) }
    #expect(wrong.isEmpty)
    #expect(names.name(of: 8) == nil)
  }
}
