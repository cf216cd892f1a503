import AuditModel
import AuditRender
import AuditTemplates
import Foundation
import TestSupport
import Testing

@Suite("The evidence sheet")
struct EvidenceSheetTests {
  private func page(_ report: ReportDocument, _ body: String? = nil) throws -> String {
    let template = try body.map { body in
      try HTMLReport(
        template: Array(
          """
          <html><head><meta http-equiv="Content-Security-Policy" content="x"/></head>
          <body>\(body)</body></html>
          """.utf8), named: "report.html")
    }
    return String(
      decoding: try (template ?? GoldenTests.page()).render(report).bytes, as: UTF8.self)
  }

  /// The page from the sheet's heading to the next one.
  private func sheet(of report: ReportDocument) throws -> Substring {
    let page = try page(report)
    let start = try #require(page.range(of: "<h2 id=\"evidence-sheet\"")).upperBound
    let end = try #require(page[start...].range(of: "<h2 ")).lowerBound
    return page[start..<end]
  }

  /// Every place of the page that a link leads to without being there.
  private func deadLinks(in page: Substring, of whole: String) throws -> [String] {
    try page.matches(of: Regex("href=\"#([a-z0-9-]+)\"", as: (Substring, Substring).self))
      .map { String($0.output.1) }.filter { !whole.contains("id=\"\($0)\"") }
  }

  @Test("is an appendix with a line for each requirement, whose links lead somewhere")
  func requirements() throws {
    let report = Fixture().report
    let (whole, sheet) = (try page(report), try sheet(of: report))
    #expect(sheet.contains("<details class=\"asked-for\"><summary>16 requirements: 0 shown, "))
    #expect(whole.contains("<a href=\"#evidence-sheet\"><span class=\"number\">F</span>"))
    #expect(try deadLinks(in: sheet, of: whole).isEmpty)
    for requirement in report.requirements {
      let start = try #require(sheet.range(of: "<span class=\"number\">\(requirement.id)</span>"))
      let end = try #require(sheet[start.upperBound...].range(of: "</tr>")).lowerBound
      let row = sheet[start.upperBound..<end]
      #expect(row.contains(requirement.title) && row.contains("> \(requirement.state.label)</td>"))
      // The Fixture's page has all sections but the sheet itself to point to.
      let section = requirement.section.flatMap { $0 == "evidence-sheet" ? nil : $0 }
      #expect(row.contains("class=\"way\"") == (section != nil), "\(requirement.id)")
    }
  }

  @Test("has what the cover has on a page without it, and the cover then points to it")
  func cover() throws {
    let report = Fixture().report
    let facts = ["Query as sent", "Account used", "Made with", "Period, UTC"]
    let alone = try page(report, "<slot name=\"verdict\"/><slot name=\"cover\"/>")
    for fact in facts {
      #expect(alone.components(separatedBy: "<dt>\(fact)</dt>").count == 2, "\(fact)")
      #expect(try page(report).components(separatedBy: "<dt>\(fact)</dt>").count == 2, "\(fact)")
      #expect(try sheet(of: report).contains("<dt>\(fact)</dt>"))
    }
    #expect(!alone.contains("evidence sheet") && !alone.contains("class=\"way\""))
    let whole = try page(report)
    let start = try #require(whole.range(of: "<h2 id=\"cover\"")).upperBound
    #expect(whole[start...].contains("<a class=\"way\" href=\"#evidence-sheet\">Appendix F</a>"))
  }

  @Test("stands alone: without the sections it points to nothing")
  func alone() throws {
    let page = try page(
      Fixture().report, "<slot name=\"verdict\"/><slot name=\"evidence-sheet\"/>")
    #expect(page.contains(">R16</span>") && !page.contains("class=\"way\""))
  }

  @Test(
    "holds the counts against each other",
    arguments: [
      (5266, 5266, 5266, ["equal to the rows received", "equal to the distinct IDs"]),
      (5270, 5266, 5266, ["4 more than rows received"]),
      (5265, 5266, 5266, ["1 fewer than rows received"]),
      (nil, 5266, 5266, ["no total was announced"]),
      (5266, 5266, 5263, ["equal to the distinct IDs and 3 that came again"]),
      (5081, 5081, 5081, ["equal to the instances"]),
    ])
  func counts(announced: Int?, rows: Int, distinct: Int, words: [String]) throws {
    var report = Fixture(verdict: .proved).report
    report.completeness.announcedTotal = announced
    (report.completeness.rows, report.completeness.distinct) = (rows, distinct)
    let sheet = try sheet(of: report)
    for word in words + ["equal to the rows under their fingerprint"] {
      #expect(sheet.contains("> \(word)</td>"), "\(word)")
    }
    if distinct > 5081 {
      #expect(sheet.contains("and \(distinct - 5081) that started outside the period"))
    }
  }

  @Test("says what the pack knows of its run, and that it knows no more")
  func run() throws {
    var report = Fixture().report
    let signed = try sheet(of: report)
    #expect(signed.contains("Signed (CMS) by <bdi>CN=audit-signer,O=Example Corporation</bdi>"))
    #expect(signed.contains("which user of the machine ran kfaudit is not recorded."))
    #expect(signed.contains("policy SHA-256 <code class=\"digest\">1b7e0fd2"))
    #expect(signed.contains("datetime=\"2026-11-02T07:29:48.000Z\""))
    #expect(signed.contains("<bdi>2026-09-01_2026-10-01_Europe-Berlin</bdi>"))
    #expect(signed.contains("nothing is compared with it. <a class=\"way\" href=\"#verify\">"))
    report.metrics.results.append(
      MetricSection(
        key: "changes", title: "Changes", caption: "", sentences: ["Something changed."],
        tables: [
          MetricTable(
            .init(key: "figures", file: nil), title: "Figures",
            columns: [Column("n", "n", .count, about: "") { (row: Int) in .count(row) }],
            rows: [1, 2])
        ]))
    #expect(try sheet(of: report).contains("; its instances in this period and 2 figures are"))
    report.cover.pack = PackDocument()
    let unsigned = try sheet(of: report)
    #expect(unsigned.contains("Not signed: nothing shows who made it."))
    #expect(unsigned.contains("none: it follows no other"))
    #expect(!unsigned.contains("Server answered"))
    report.completeness.findings = [Notice(.chainRestarted, "Anew.")]
    #expect(try sheet(of: report).contains("none: a new chain begins here"))
    report.cover.source.principal = nil
    #expect(try sheet(of: report).contains("Not recorded: neither who saved the responses"))
  }

  @Test("of several packs leaves to each what only it has")
  func merged() throws {
    var report = Fixture(verdict: .proved).report
    report.cover.pack = nil
    (report.cover.merkleRoot, report.cover.journalHead) = (nil, nil)
    report.servers = ["https://a.example", "https://b.example"].map {
      ServerReport(
        server: $0, verdict: .proved, packs: [], coverage: .init(of: []), metrics: report.metrics)
    }
    let sheet = try sheet(of: report)
    #expect(sheet.contains("<dt>Options, run, signer</dt><dd>in the packs</dd>"))
    #expect(sheet.contains("counted once, whatever the pack"))
    #expect(sheet.contains("How long the packs are kept is not recorded"))
    #expect(!sheet.contains("Who ran it") && !sheet.contains("rows of instances.csv"))
    #expect(try deadLinks(in: sheet, of: page(report)).isEmpty)
  }

  @Test("of a read that ended early claims neither files, nor a total, nor a seal")
  func incomplete() throws {
    var report = Fixture(verdict: .incomplete).report
    report.completeness.announcedTotal = nil
    report.completeness.requests = 0
    report.cover.query = nil
    let sheet = try sheet(of: report)
    #expect(sheet.contains("5,266 records until the read ended early, 1 read"))
    #expect(sheet.contains("no total is recorded, as the read ended early"))
    #expect(sheet.contains("Nothing is sealed, so nothing can be verified."))
    #expect(sheet.contains("Only a part was read, and is kept."))
    #expect(!sheet.contains("Query as sent") && sheet.contains("the query"))
  }

  @Test("Foreign names are text, cut where they are long")
  func hostile() throws {
    var report = Fixture().report
    let name = "<b>\u{202E}</b>" + String(repeating: "x", count: 500)
    report.cover.pack?.signer?.name = name
    report.cover.pack?.previous?.path = name
    let sheet = try sheet(of: report)
    #expect(sheet.components(separatedBy: "<bdi>&lt;b&gt;⟨U+202E⟩&lt;/b&gt;x").count == 3)
    #expect(sheet.components(separatedBy: "badge quiet\">cut").count == 3)
    #expect(!sheet.contains("<b>"))
  }
}
