import AuditModel
import AuditRender
import Testing

@Suite("Hostile text")
struct HostileTextTests {
  /// How often each element and each attribute occurs; the writer escapes `<` and `"` in text, so counting is exact.
  private func tags(in bytes: [UInt8]) -> [String: Int] {
    let page = String(decoding: bytes, as: UTF8.self)
    var counts: [String: Int] = [:]
    for piece in page.split(separator: "<").dropFirst() {
      let tag = piece.prefix { $0 != ">" }
      counts[String(tag.prefix { $0 != " " }), default: 0] += 1
      // Every second piece is a value; what is left are the names of attributes.
      for (index, part) in tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      where index % 2 == 0 {
        for name in part.split(separator: " ").dropFirst(index == 0 ? 1 : 0) {
          counts["@" + name, default: 0] += 1
        }
      }
    }
    return counts
  }

  private static let hostile = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
    "</title><h1>x</h1>", "</td></tr></table>", "<!--", "]]>", "' autofocus onfocus='x",
    "&lt;b&gt;",
    "</bdi><a href=\"javascript:alert(1)\">x</a>", "\u{0}<b>\u{0}", "\u{202E}<i>",
    "<slot name=\"cover\"/>",
    "\u{FFFE}\u{FFFF}", "</style><style>*{display:none}</style>", "<\u{E0073}cript>",
  ]

  @Test("No text from the server adds an element or an attribute to the page", arguments: hostile)
  func page(text: String) throws {
    let harmless = try GoldenTests.page().render(Fixture(text: { "x" + $0 }).report)
    let attacked = try GoldenTests.page().render(Fixture(text: { text + $0 }).report)
    #expect(tags(in: harmless.bytes) == tags(in: attacked.bytes))
  }

  @Test(
    "No text from the server becomes a formula, a new column or a new row",
    arguments: ["=1+1", "a\",\"b", "a\r\nb"])
  func tables(text: String) throws {
    let harmless = try TableFiles.all(of: Fixture(text: { "x" + $0 }).report)
    let attacked = try TableFiles.all(of: Fixture(text: { text + $0 }).report)
    for (harmless, attacked) in zip(harmless, attacked) {
      let before = CSVReader.rows(of: harmless.bytes)
      let after = CSVReader.rows(of: attacked.bytes)
      #expect(before.map(\.count) == after.map(\.count))
      #expect(!after.joined().contains { $0.hasPrefix("=") })
    }
  }

  @Test("A name that mixes scripts carries a badge, one in a single script does not")
  func badge() throws {
    let page = String(
      decoding: try GoldenTests.page().render(Fixture().report).bytes, as: UTF8.self)
    #expect(page.contains("аdmin</bdi> <span class=\"badge\">mixes Latin and Cyrillic</span>"))
    #expect(page.split(separator: "mixes Latin").count == 2)
  }
}
