import TestSupport
import Testing

@testable import AuditModel
@testable import AuditRender

@Suite("Text in CSV cells")
struct CSVTextTests {
  // The compiler refuses noncharacters in literals.
  private static let lastOfPlane0 = String(decoding: [0xEF, 0xBF, 0xBE], as: UTF8.self)
  private static let lastOfPlane1 = String(decoding: [0xF0, 0x9F, 0xBF, 0xBF], as: UTF8.self)
  private static let arabicNoncharacter = String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self)

  private func cell(_ text: String) -> String {
    var output: [UInt8] = []
    CSVText.append(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// What a reader of the file does.
  private func decoded(_ cell: String) -> String {
    let rows = CSVReader.rows(of: Array("\(cell)\r\n".utf8))
    return rows.first?.first.map(CSVReader.text) ?? ""
  }

  @Test(
    "F134, F135, F136: a text that would start a formula gets one apostrophe",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-2+3", "'-2+3"), ("@SUM(1)", "'@SUM(1)"), (";x", "';x"),
      ("|x", "'|x"), ("%x", "'%x"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠1", "'＠1"),
      (" =1", "' =1"), ("\u{A0}=1", "'\u{A0}=1"), ("\u{FEFF}=1", "'\u{FEFF}=1"),
      ("\u{202E}=1", "'\u{202E}=1"), ("\u{0}=1", "'\\u{00}=1"), ("\t1", "'\t1"), ("'x", "''x"),
      ("\u{0}x", "'\\u{00}x"), ("\r1", "\"'\r1\""), ("\n1", "\"'\n1\""),
      ("\u{200B}=1", "'\u{200B}=1"),
    ])
  func prefixed(text: String, expected: String) {
    #expect(Array(cell(text).utf8) == Array(expected.utf8))
  }

  @Test(
    "F138: ordinary text stays as it is",
    arguments: [
      "", "007", "1E5", "TRUE", "12345678901234567890", "1/2", "host.example.com", "*.example.com",
      "KEYEXAMPLE\\jsmith", "büro",
      "x\u{7F}y", "a'b", "a=b", "\\n",
    ])
  func untouched(text: String) {
    #expect(Array(cell(text).utf8) == Array(text.utf8))
  }

  @Test(
    "What readers disagree on is escaped, and only then backslashes are doubled",
    arguments: [
      ("a\u{1B}[2J", "a\\u{1B}[2J"), ("a\(lastOfPlane0)", "a\\u{FFFE}"),
      ("a\\b\u{1}", "a\\\\b\\u{01}"),
      ("a\\u{41}", "a\\\\u{41}"), (lastOfPlane1, "\\u{1FFFF}"), (arabicNoncharacter, "\\u{FDD0}"),
    ])
  func escaped(text: String, expected: String) {
    #expect(Array(cell(text).utf8) == Array(expected.utf8))
  }

  @Test(
    "Another program's separator before what starts a formula is escaped",
    arguments: [
      ("a;=1", "a\\u{3B}=1"), ("a\t=1", "a\\u{9}=1"), ("a|+1", "a\\u{7C}+1"),
      ("a\r=1", "a\\u{D}=1"), ("a\n-1", "a\\u{A}-1"), ("a\r\n@x", "\"a\r\\u{A}@x\""),
      ("a; =1", "a\\u{3B} =1"), ("a;\u{A0}\u{200B}=1", "a\\u{3B}\u{A0}\u{200B}=1"),
      ("a;\"=1\"", "\"a\\u{3B}\"\"=1\"\"\""), ("a;'=1", "a\\u{3B}'=1"), ("a;“＝1", "a\\u{3B}“＝1"),
      ("a;;b", "a\\u{3B};b"), ("a|%", "a\\u{7C}%"), ("\\;=", "\\\\\\u{3B}="), (";=1", "'\\u{3B}=1"),
      ("\t=1", "'\\u{9}=1"), ("a;\t=1", "a\\u{3B}\\u{9}=1"),
      ("123456789012345678;=1", "123456789012345678\\u{3B}=1"),
      ("123456789012345678|@1 and much more", "123456789012345678\\u{7C}@1 and much more"),
    ])
  func separators(text: String, expected: String) {
    #expect(Array(cell(text).utf8) == Array(expected.utf8))
  }

  @Test(
    "A separator before anything else stays",
    arguments: ["a;b", "a; b=1", "a|b", "a\tb", "a;", "a; ", "Acme; Inc. | x"])
  func harmlessSeparators(text: String) {
    #expect(Array(cell(text).utf8) == Array(text.utf8))
  }

  @Test(
    "Whatever separates cells, none begins with a formula, and the text comes back",
    arguments: 0..<20)
  func otherSeparators(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let text = HostileText.random(using: &generator)
      let cell = cell(text)
      #expect(Array(decoded(cell).utf8) == Array(text.utf8))
      let read = CSVReader.rows(of: Array("\(cell)\r\n".utf8)).first?.first ?? ""
      #expect(CellText.read(Array(read.utf8)) == Array(text.utf8), "what is copied comes back")
      for separator in [";", "\t", "|", "\r", "\n"] as [Unicode.Scalar] {
        let parts = cell.unicodeScalars.split(
          separator: separator, omittingEmptySubsequences: false)
        #expect(!parts.dropFirst().contains { startsFormula($0) }, "\(text.debugDescription)")
      }
    }
  }

  /// What a spreadsheet may make of a cell, quotation marks taken off.
  private func startsFormula(_ cell: Substring.UnicodeScalarView) -> Bool {
    let first = cell.first { scalar in
      ![.control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator]
        .contains(scalar.properties.generalCategory) && !scalar.properties.isQuotationMark
    }
    return first.map { "=+-@;|%＝＋－＠".unicodeScalars.contains($0) } ?? false
  }

  @Test(
    "What a cell needs does not depend on where in it that comes",
    arguments: [
      (";=1", "\\u{3B}=1", ""), ("\u{1}", "\\u{01}", ""), ("\\u{41}", "\\\\u{41}", ""),
      (",", ",", "\""),
      (";b", ";b", ""), ("{", "{", ""),
    ])
  func anywhere(piece: String, written: String, quotation: String) {
    for before in 0..<40 {
      for after in 0..<20 {
        // A separator that needs nothing comes first, so that each byte is looked at.
        let (start, end) = (
          "a;" + String(repeating: "b", count: before + 1), String(repeating: "c", count: after)
        )
        #expect(cell(start + piece + end) == quotation + start + written + end + quotation)
      }
    }
  }

  @Test("The longest text of controls that a page can hold is escaped like a short one")
  func longest() {
    let count = 1_400_000
    let text = String(repeating: "\u{1}", count: count)
    #expect(cell(text).utf8.elementsEqual(String(repeating: "\\u{01}", count: count).utf8))
  }

  @Test("F139: quotes, commas and line ends are quoted by RFC 4180")
  func quoted() {
    #expect(cell("a,\"b\"\r\nc") == "\"a,\"\"b\"\"\r\nc\"")
    #expect(decoded(cell("a\r")) == "a\r")
    #expect(cell("a\rb") == "\"a\rb\"")
    let long = String(repeating: "x,", count: 500_000)
    #expect(cell(long).utf8.elementsEqual("\"\(long)\"".utf8))
  }

  @Test("F136: every text comes back exactly, whatever its code points", arguments: 0..<50)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [Unicode.Scalar] = [
      "a", "u", "{", "}", "4", "1", "\\", "'", "\"", ",", "=", "+", "-", "\t", "\r", "\n", "\0",
      " ", "\u{1B}",
      "é", "\u{202E}", "＝", "\u{1F600}", "%", ";", "|", "\u{301}", "\u{FE0F}",
    ]
    for _ in 0..<2000 {
      let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      #expect(Array(decoded(cell(text)).utf8) == Array(text.utf8))
    }
    for _ in 0..<400 {
      let scalars = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      let text = String(String.UnicodeScalarView(scalars))
      #expect(Array(decoded(cell(text)).utf8) == Array(text.utf8))
    }
  }
}
