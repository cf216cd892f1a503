import Testing

@testable import AuditModel

@Suite("Tables of names and keys")
struct NameTableTests {
  /// Texts of every telling length, and more than any table has room for at first.
  private static let texts =
    tellingLengths.map { String(repeating: "n", count: $0) } + (0..<1000).map { "name \($0)" }

  @Test("A name keeps its number however many come after it")
  func nameIndex() {
    var index = NameIndex()
    for (number, text) in Self.texts.enumerated() {
      #expect(index.known(Name(text)) == nil)
      #expect(index.index(of: Name(text)) == number)
    }
    for (number, text) in Self.texts.enumerated() {
      #expect(index.known(Name(text)) == number)
      #expect(index.number(of: Name(text)) == Int32(number))
    }
    #expect(index.number(of: nil) == -1)
    #expect(index.names == Self.texts.map { Name($0) })
  }

  @Test("A vocabulary makes the value of a text once")
  func vocabulary() {
    var vocabulary = Vocabulary<Name>()
    var made = 0
    for _ in 0..<2 {
      for text in Self.texts {
        let name = vocabulary.value(
          of: Array(text.utf8).span, text: { $0 },
          make: { name in
            made += 1
            return name
          })
        #expect(name == Name(text))
      }
    }
    #expect(made == Self.texts.count)
    #expect(vocabulary.count == Self.texts.count)
  }

  @Test("Composed and decomposed letters are two names, in the order of their code points")
  func names() {
    let (composed, decomposed) = (Name("caf\u{E9}"), Name("cafe\u{301}"))
    #expect(composed != decomposed)
    #expect(decomposed < composed)
    #expect(Name("\u{FFFF}") < Name("\u{10000}"))
  }

  @Test("A name is simple only when every format writes it as it is")
  func simple() {
    for byte in UInt8.min...UInt8.max {
      let isLetterOrDigit =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      #expect(Name(bytes: [byte]).isSimple == isLetterOrDigit, "\(byte)")
      #expect(
        Name(bytes: [UInt8(ascii: "a"), byte]).isSimple
          == (isLetterOrDigit || " .-_".utf8.contains(byte)), "\(byte)")
    }
    #expect(Name("").isSimple)
  }

  private enum Key: String, CaseIterable {
    case id, title, currentStep
  }

  @Test("A key is known in any ASCII case, wherever it is expected", arguments: 0..<3)
  func keys(expected: Int) {
    let table = CaseInsensitiveKeys<Key>()
    #expect(table.count == 3)
    for (index, key) in Key.allCases.enumerated() {
      #expect(table[index] == key)
      for spelling in [key.rawValue, key.rawValue.uppercased(), key.rawValue.lowercased()] {
        let found = table.index(spelled: Array(spelling.utf8).span, expecting: expected)
        #expect(found == index)
      }
    }
    for other in ["", "i", "idd", "i\u{64}\u{301}", "t\u{131}tle", "@d", "\u{49}["] {
      let found = table.index(spelled: Array(other.utf8).span, expecting: expected)
      #expect(found == nil)
    }
    #expect(table.written(1) == Array("\"title\":".utf8))
  }

  @Test("A table by case has each case's own value")
  func cases() {
    let table = CaseTable<Status, String> { $0.name }
    for status in Status.allCases { #expect(table[status] == status.name) }
  }
}
