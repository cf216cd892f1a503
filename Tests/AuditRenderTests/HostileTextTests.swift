import AuditModel
import AuditRender
import Foundation
import TestSupport
import Testing

@Suite("Hostile text", .slow)
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
    "&lt;b&gt;", "{{template}}", "${x}", "javascript:alert(1)", "data:text/html,x",
    "\\\\host\\share",
    "</bdi><a href=\"javascript:alert(1)\">x</a>", "\u{0}<b>\u{0}", "\u{202E}<i>",
    "<slot name=\"cover\"/>",
    "\u{FFFE}\u{FFFF}", "</style><style>*{display:none}</style>", "<\u{E0073}cript>",
  ]

  @Test(
    "F140, F141, F142: no text from the server adds an element or an attribute to the page",
    arguments: hostile)
  func page(text: String) throws {
    let harmless = try GoldenTests.page().render(Fixture(text: { "x" + $0 }).report)
    let attacked = try GoldenTests.page().render(Fixture(text: { text + $0 }).report)
    #expect(tags(in: harmless.bytes) == tags(in: attacked.bytes))
    #expect(!tags(in: attacked.bytes).keys.contains { $0.hasPrefix("@on") || $0 == "@src" })
  }

  @Test(
    "F134: no text from the server becomes a formula, a new column or a new row",
    arguments: ["=1+1", "a\",\"b", "a\r\nb"])
  func tables(text: String) throws {
    let harmless = try TableFile.all(of: Fixture(text: { "x" + $0 }).report)
    let attacked = try TableFile.all(of: Fixture(text: { text + $0 }).report)
    for (harmless, attacked) in zip(harmless, attacked) {
      let before = CSVReader.rows(of: harmless.bytes)
      let after = CSVReader.rows(of: attacked.bytes)
      #expect(before.map(\.count) == after.map(\.count))
      #expect(!after.joined().contains { $0.hasPrefix("=") })
    }
  }

  @Test("F146: a name that mixes scripts carries a badge, one in a single script does not")
  func badge() throws {
    let page = String(
      decoding: try GoldenTests.page().render(Fixture().report).bytes, as: UTF8.self)
    #expect(page.contains("аdmin</bdi> <span class=\"badge\">mixes Latin and Cyrillic</span>"))
    #expect(page.split(separator: "mixes Latin").count == 2)
  }

  @Test("F140: three thousand hostile names at once add no element and no attribute")
  func corpus() throws {
    var generator = SeededGenerator(seed: 20_261_124)
    let pieces =
      Self.hostile + ["<", ">", "\"", "'", "&", "/", "=", "\u{0}", "\u{202E}", "on", "x"]
    var names = Set<String>()
    while names.count < 3000 {
      let count = Int.random(in: 1...5, using: &generator)
      names.insert(
        (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined())
    }
    func page(_ names: [String]) throws -> [UInt8] {
      let source = """
        <html><head><meta http-equiv="Content-Security-Policy" content="x"/></head>
        <body><slot name="verdict"/><slot name="failure-rates" limit="4000"/></body></html>
        """
      var report = Fixture().report
      report.metrics.failureRates?.byUser = names.map { name in
        GroupRateDocument(
          group: .user(name), event: .failed, count: 1, terminal: 9,
          rate: WilsonInterval.rate(1, of: 9), outlier: .init(tail: 0.5))
      }
      return try HTMLReport(template: Array(source.utf8), named: "t").render(report).bytes
    }
    let attacked = try page(names.sorted())
    let harmless = try page(
      names.sorted().map {
        $0.unicodeScalars.count > 200 ? String(repeating: "x", count: 201) : "x"
      })
    #expect(tags(in: attacked) == tags(in: harmless))
  }

  @Test("F147: a flood of marks is cut, and the page says so")
  func flood() throws {
    let zalgo = "Z" + String(repeating: "\u{301}", count: 10_000)
    let page = try GoldenTests.page().render(Fixture(text: { zalgo + $0 }).report)
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(text.contains("…</bdi> <span class=\"badge quiet\">cut</span>"))
    // Scope and query are our own words, whole; in the sections between, names are the server's.
    let figures = try #require(text.range(of: "id=\"population\"")).upperBound
    let cover = try #require(text.range(of: "id=\"cover\"")).lowerBound
    let names = text[figures..<cover].components(separatedBy: "<bdi>").dropFirst()
    let lengths = names.compactMap {
      $0.components(separatedBy: "</bdi>").first?.unicodeScalars.count
    }
    #expect(lengths.max() == 201)
  }

  @Test("F149: names that mean something to a script are values, never keys")
  func keys() throws {
    var report = Fixture().report
    let names = ["__proto__", "constructor", "toString"]
    report.metrics.failureRates?.byUser = names.map { name in
      GroupRateDocument(
        group: .user(name), event: .failed, count: 1, terminal: 9,
        rate: WilsonInterval.rate(1, of: 9), outlier: .init(tail: 0.5))
    }
    let json = String(decoding: try JSONReport.render(report).bytes, as: UTF8.self)
    for name in names {
      #expect(json.contains("\"user\" : \"\(name)\"") && !json.contains("\"\(name)\" :"))
    }
  }

  @Test(
    "F150: ten thousand users and three thousand types fit into two megabytes, all of them in the tables"
  )
  func many() throws {
    var report = Fixture().report
    let long = String(repeating: "n", count: 65_536)
    report.metrics.failureRates?.byUser = (0..<10_000).map { index in
      GroupRateDocument(
        group: .user(index < 50 ? "\(long)\(index)" : "user \(index)"), event: .failed, count: 1,
        terminal: 9,
        rate: WilsonInterval.rate(1, of: 9), outlier: .init(tail: 0.5))
    }
    let type = try #require(report.metrics.turnaround?.first)
    report.metrics.turnaround = (0..<3000).map { index in
      var copy = type
      copy.workflowType = "Type \(index)"
      return copy
    }
    let page = try GoldenTests.page().render(report)
    #expect(page.bytes.count < 2_000_000)
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(text.contains("9,975 more in <code>tables/users.csv</code>"))
    #expect(text.contains("2,975 more in <code>tables/turnaround.csv</code>"))
    let rows = try TableFile.all(of: report).first { $0.path == "tables/turnaround.csv" }
    #expect(try #require(rows).bytes.count { $0 == 0x0A } > 3000)
  }
}
