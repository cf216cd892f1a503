import Testing

@testable import AuditReduce

@Suite("Common names by number")
struct CommonNamesTests {
  private func name(_ number: Int) -> [UInt8] { Array("host\(number).example".utf8) }

  /// Numbers names as those of a batch.
  private func add(_ names: [[UInt8]], to store: inout CommonNames) -> [Int32] {
    let text = names.flatMap(\.self)
    var end = 0
    let parts = names.map { name in
      end += name.count
      return end - name.count..<end
    }
    return store.numbers(of: parts, in: text.span)
  }

  @Test("Each name has one number, by which it is found, over several parts and two stores")
  func names() throws {
    var (names, other) = (CommonNames(), CommonNames())
    #expect(add((0..<150_000).map(name), to: &names) == (0..<150_000).map(Int32.init))
    #expect(add([name(70_000), name(0), name(150_000)], to: &names) == [70_000, 0, 150_000])
    _ = add([name(150_001), name(150_000), name(9), name(150_002)], to: &other)
    #expect(names.merge(other) == [150_001, 150_000, 9, 150_002])
    #expect(names.count == 150_003)
    for number in [0, 65_535, 65_536, 149_999, 150_002] {
      #expect(Array(names[number]) == name(number))
    }
  }

  @Test("The empty name is a name like others")
  func empty() {
    var names = CommonNames()
    #expect(add([[], [0], []], to: &names) == [0, 1, 0])
    #expect(names[0].isEmpty)
  }
}
