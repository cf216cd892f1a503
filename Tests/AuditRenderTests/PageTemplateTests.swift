import AuditModel
import AuditRender
import AuditTemplates
import Foundation
import TestSupport
import Testing

@Suite("A page's template")
struct PageTemplateTests {
  private func report(_ body: String) throws -> HTMLReport {
    let source = """
      <html><head><meta http-equiv="Content-Security-Policy" content="x"/><style>p { color: red }</style></head>
      <body>\(body)</body></html>
      """
    return try HTMLReport(template: Array(source.utf8), named: "report.html")
  }

  private static let verdict = "<slot name=\"verdict\"/>"

  @Test(
    "A mistake is known before anything is fetched, with its place and what to write instead",
    arguments: [
      (
        verdict + "\n<slot name=\"key-figure\"/>",
        "report.html:3: there is no slot \"key-figure\". The nearest is \"key-figures\"."
      ),
      (
        verdict + "\n<slot name=\"turnaround\"/>",
        "report.html:3: the slot \"turnaround\" was replaced by \"time-to-finish\". Write <slot name=\"time-to-finish\"/> in its place, once for all slots that it replaces."
      ),
      (
        verdict + "<slot name=\"appendix\" limit=\"50\"/>",
        "report.html:2: the slot \"appendix\" was replaced by \"cover\". Write <slot name=\"cover\"/> in its place, once for all slots that it replaces."
      ),
      (
        verdict + "<slot name=\"trend\" limit=\"3\"/>",
        "report.html:2: the slot \"trend\" has no attribute \"limit\". Remove it: the slot has no attribute but its name."
      ),
      (
        verdict + "<slot name=\"population\" rows=\"3\"/>",
        "report.html:2: the slot \"population\" has no attribute \"rows\". Use one of limit."
      ),
      (
        verdict + "<slot name=\"population\" limit=\"0\"/>",
        "report.html:2: limit=\"0\" of the slot \"population\" is not valid. Use a whole number from 1."
      ),
      (
        verdict + "<p><slot name=\"trend\"/></p>",
        "report.html:2: the slot \"trend\" is a whole section and cannot be in p. Put it into main, section, div, header, footer, nav, aside or article."
      ),
      (
        verdict + verdict,
        "report.html:2: the slot \"verdict\" is a whole section and occurs twice. Keep one."
      ),
      (
        "",
        "report.html: the slot \"verdict\" is missing: a report must say whether it is complete. Put <slot name=\"verdict\"/> into main."
      ),
    ])
  func mistakes(body: String, message: String) {
    let error = #expect(throws: TemplateError.self) { try report(body) }
    #expect(error?.description == message)
    #expect(error?.exitStatus == .configuration)
  }

  @Test("A template without a security policy at the start of head is refused")
  func withoutPolicy() {
    for head in [
      "", "<title>x</title><meta http-equiv=\"Content-Security-Policy\" content=\"x\"/>",
    ] {
      let source = "<html><head>\(head)</head><body>\(Self.verdict)</body></html>"
      #expect(throws: TemplateError.missingPolicy(file: "t.html")) {
        try HTMLReport(template: Array(source.utf8), named: "t.html")
      }
    }
  }

  @Test("The policy allows the page's own style by its digest and nothing else")
  func policy() throws {
    let page = String(
      decoding: try report(Self.verdict).render(Fixture().report).bytes, as: UTF8.self)
    // printf 'p { color: red }' | openssl dgst -sha256 -binary | base64
    #expect(
      page.contains(
        "content=\"default-src 'none'; style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='; script-src 'none'; base-uri 'none'; form-action 'none'\""
      ))
  }

  @Test(
    "Only a proved report carries no watermark",
    arguments: [
      (CompletenessDocument.Verdict.proved, false), (.provedWithChanges, false), (.unproved, true),
      (.incomplete, true),
    ])
  func watermark(verdict: CompletenessDocument.Verdict, marked: Bool) throws {
    let page = String(
      decoding: try GoldenTests.page().render(Fixture(verdict: verdict).report).bytes,
      as: UTF8.self)
    #expect(page.contains("<div class=\"watermark\"") == marked)
  }

  @Test("A limit shortens a table and says how many rows are elsewhere")
  func limit() throws {
    let page = String(
      decoding: try report(Self.verdict + "<slot name=\"failure-rates\" limit=\"2\"/>")
        .render(Fixture().report).bytes, as: UTF8.self)
    #expect(page.contains("28 more in <code>tables/users.csv</code>"))
    #expect(!page.contains("Timer Service"))
  }

  @Test("A metric that was not asked for leaves neither heading nor entry in the contents")
  func missingMetric() throws {
    var document = Fixture().report
    document.metrics.turnaround = nil
    let page = String(
      decoding: try GoldenTests.page().render(document).bytes, as: UTF8.self)
    #expect(!page.contains("id=\"turnaround\""))
    #expect(try !TableFile.all(of: document).contains { $0.path == "tables/turnaround.csv" })
  }

  @Test("Headings, tables and charts are numbered in the order of the page")
  func numbers() throws {
    let page = String(
      decoding: try GoldenTests.page().render(Fixture().report).bytes, as: UTF8.self)
    for (kind, pattern) in [
      ("table", "<span class=\"number\">Table ([0-9]+)</span>"),
      ("figure", "<span class=\"number\">Figure ([0-9]+)</span>"),
    ] {
      let numbers = try page.matches(of: Regex(pattern, as: (Substring, Substring).self))
        .compactMap { Int($0.output.1) }
      #expect(numbers == Array(1...max(1, numbers.count)), "\(kind)")
    }
    let labels = try page.matches(
      of: Regex(
        "<h2 id=\"[a-z0-9-]+\"><span class=\"number\">([0-9A-Z]+)</span>",
        as: (Substring, Substring).self)
    ).map { String($0.output.1) }
    let letters = labels.filter { Int($0) == nil }
    #expect(labels.compactMap { Int($0) } == Array(1...(labels.count - letters.count)))
    #expect(letters == ["A", "B", "C", "D", "E", "F", "G"])
  }

  @Test("What has to be followed up leads to the section with its rows")
  func ways() throws {
    let page = String(
      decoding: try GoldenTests.page().render(Fixture().report).bytes, as: UTF8.self)
    #expect(page.contains("<a class=\"way\" href=\"#population\">Section 2</a>"))
    #expect(page.contains("<a class=\"way\" href=\"#cover\">Appendix A</a>"))
    let alone = String(
      decoding: try report(Self.verdict + "<slot name=\"follow-up\"/>").render(Fixture().report)
        .bytes, as: UTF8.self)
    #expect(!alone.contains("class=\"way\""))
  }

  @Test("The brief is a template like any other")
  func brief() throws {
    let builtIn = try #require(Templates.builtIn.first { $0.name == "brief.html" })
    let page = String(
      decoding: try HTMLReport(template: Array(builtIn.content.utf8), named: builtIn.name)
        .render(Fixture().report).bytes, as: UTF8.self)
    #expect(page.contains("id=\"trend\"") && !page.contains("id=\"glossary\""))
  }

  @Test("A report whose counts contradict each other is not written")
  func controlTotals() {
    var document = Fixture().report
    document.metrics.population.instances += 1
    let error = #expect(throws: RenderError.self) { try GoldenTests.page().render(document) }
    #expect(error?.exitStatus == .internalError)
  }
}

@Suite("The branded example")
struct BrandedTemplateTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/branded/report.html")

  @Test("has its own logo, order of sections and sign-off, and the same figures")
  func page() throws {
    let template = Array(try Data(contentsOf: Self.file))
    let report = Fixture().report
    let page = String(
      decoding: try HTMLReport(template: template, named: "report.html").render(report).bytes,
      as: UTF8.self)
    #expect(page.contains("img-src data:; style-src 'sha256-"))
    #expect(page.contains("<img alt=\"Example Trust Services\" src=\"data:image/svg+xml;base64,"))
    let places = try [
      "id=\"key-figures\"", "id=\"failure-rates\"", "id=\"trend\"", "id=\"cover\"",
      "id=\"sign-off\"",
    ].map { try #require(page.range(of: $0), "\($0)").lowerBound }
    #expect(places == places.sorted())
    #expect(page.contains(try #require(report.cover.merkleRoot)))
  }

  @Test("A page without a picture may load none")
  func noPicture() throws {
    let source = """
      <html><head><meta http-equiv="Content-Security-Policy" content="x"/></head><body><slot name="verdict"/></body></html>
      """
    let page = try HTMLReport(template: Array(source.utf8), named: "report.html")
      .render(Fixture().report)
    #expect(!String(decoding: page.bytes, as: UTF8.self).contains("img-src"))
  }
}

@Suite("Built-in templates")
struct EmbeddedTemplatesTests {
  @Test("What is embedded equals the folder, name by name")
  func equalsFolder() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Templates")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(Templates.builtIn.map(\.name) == names)
    for template in Templates.builtIn {
      let file = try Data(contentsOf: folder.appending(path: template.name))
      #expect(Array(template.content.utf8) == Array(file), "\(template.name)")
    }
  }
}
