import Testing

@testable import SafeXML

@Suite("Templates")
struct TemplateTests {
  /// The page a template gives when nothing is put into its slots.
  private func page(_ source: String) throws -> String {
    try Template(parsing: Array(source.utf8), named: "report.html").parts.map { part in
      switch part {
      case .literal(let literal): String(decoding: literal.bytes, as: UTF8.self)
      case .slot(let slot): "[\(slot.name)]"
      case .contentSecurityPolicy: "[policy]"
      }
    }.joined()
  }

  private func body(_ markup: String) throws -> String {
    let page = try page("<html><body>\(markup)</body></html>")
    let start = "<!DOCTYPE html>\n<html><body>"
    #expect(page.hasPrefix(start))
    return String(page.dropFirst(start.count).dropLast("</body></html>\n".count))
  }

  @Test(
    "Elements are written as HTML5 writes them",
    arguments: [
      ("<br/>", "<br>"), ("<div/>", "<div></div>"), ("<wbr/><hr/>", "<wbr><hr>"),
      ("<textarea></textarea>", "<textarea></textarea>"),
      (
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path></svg>"
      ),
      (
        "<p title='a \"b\" &lt; &amp;'>&lt;b&gt; &amp; é</p>",
        "<p title=\"a &quot;b&quot; &lt; &amp;\">&lt;b&gt; &amp; é</p>"
      ),
      ("a&#160;b<!-- gone -->c", "a\u{A0}bc"), ("<pre>\n\nx</pre>", "<pre>\n\n\nx</pre>"),
      ("<![CDATA[<i>]]>", "&lt;i&gt;"),
    ])
  func shapes(markup: String, html: String) throws {
    #expect(try body(markup) == html)
  }

  @Test("Style is raw text, and its exact bytes are known")
  func style() throws {
    let source = "<html><head><style>a > b { content: \"&amp;\"; }</style></head></html>"
    let template = try Template(parsing: Array(source.utf8), named: "t.html")
    #expect(template.styles == [Array("a > b { content: \"&\"; }".utf8)])
    #expect(try page(source).contains("<style>a > b { content: \"&\"; }</style>"))
  }

  @Test("The xhtml namespace is accepted and left out")
  func namespace() throws {
    #expect(
      try page("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>")
        == "<!DOCTYPE html>\n<html><body></body></html>\n")
  }

  @Test("A slot keeps its attributes, its line and its parent, and loses its preview")
  func slot() throws {
    let source =
      "<!DOCTYPE html>\n<html><body>\n<p><slot name=\"a\" limit=\"5\"><b>sample</b></slot>!</p></body></html>"
    let template = try Template(parsing: Array(source.utf8), named: "t.html")
    #expect(
      template.slots == [
        TemplateSlot(
          name: "a", attributes: [.init(name: "limit", value: "5")], parent: "p", line: 3)
      ])
    #expect(try page(source).contains("<p>[a]!</p>"))
  }

  @Test("The content of the security policy is a hole")
  func policy() throws {
    let source =
      "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"x\"/></head></html>"
    #expect(
      try page(source).contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"[policy]\">"))
  }

  @Test(
    "What cannot be a template is refused with its place",
    arguments: [
      ("<html>\n<body><p></body></html>", "report.html:2:", "tag mismatch"),
      ("<html><body>\n\na&nbsp;b</body></html>", "report.html:3:", "&#160;"),
      ("", "report.html:1:", "empty"),
      ("<html><body>\n<slot/></body></html>", "report.html:2:", "begins with its name"),
      (
        "<html><body>\n<slot limit=\"1\" name=\"x\"/></body></html>", "report.html:2:",
        "begins with its name"
      ),
      (
        "<html><body>\n<slot name=\"a\"><slot name=\"b\"/></slot></body></html>", "report.html:2:",
        "inside another"
      ),
      ("<html><head>\n<style>a&lt;/style&gt;</style></head></html>", "report.html:2:", "</"),
      (
        "<html><head><style>\n<slot name=\"a\"/></style></head></html>", "report.html:2:",
        "only text"
      ),
      ("<html><body>\n<br>x</br></body></html>", "report.html:2:", "cannot contain"),
      ("<html><body>\n<p style=\"color: red\"/></body></html>", "report.html:2:", "forbids style"),
      ("<html><body>\n<p onclick=\"x()\"/></body></html>", "report.html:2:", "forbids onclick"),
      ("<html><body>\n<noscript/></body></html>", "report.html:2:", "noscript"),
      ("<html><body>\n<a xlink:href=\"#a\"/></body></html>", "report.html:2:", "xlink"),
      ("<html xml:lang=\"en\"/>", "report.html:1:", "write lang"),
      ("<html><body>\n<?php x ?></body></html>", "report.html:2:", "processing instruction"),
      ("<div/>", "report.html:1:", "must be html"),
      ("<html><body>\n<é>x</é></body></html>", "report.html:2:", "for text"),
      ("<html><body>\n<_a>x</_a></body></html>", "report.html:2:", "for text"),
      ("<html><body>\n<p id=\"a\" ID=\"b\"/></body></html>", "report.html:2:", "ID twice"),
      ("<html><body>\n<SVG><style>a</style></SVG></body></html>", "report.html:2:", "inside svg"),
      (
        "<html><body>\n<math><style>a</style></math></body></html>", "report.html:2:", "inside math"
      ),
      ("<!DOCTYPE html [<!ENTITY a \"b\">]><html/>", "report.html:1:", "declarations"),
      ("<!DOCTYPE html SYSTEM \"file:///etc/passwd\"><html/>", "report.html:1:", "declarations"),
      ("<html>\n<body>\u{1}</body></html>", "report.html:2:", "Char"),
    ])
  func refused(source: String, place: String, message: String) {
    let error = #expect(throws: TemplateSyntaxError.self) {
      try Template(parsing: Array(source.utf8), named: "report.html")
    }
    let description = error?.description ?? ""
    #expect(description.hasPrefix(place))
    #expect(description.contains(message))
  }

  @Test("Bytes that are not UTF-8 are refused")
  func notUTF8() {
    #expect(throws: TemplateSyntaxError.self) {
      try Template(parsing: Array("<html>".utf8) + [0xFF] + Array("</html>".utf8), named: "t.html")
    }
  }

  @Test("An entity that multiplies itself is refused")
  func billionLaughs() {
    let source = """
      <!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
      <html>&c;</html>
      """
    #expect(throws: TemplateSyntaxError.self) {
      try Template(parsing: Array(source.utf8), named: "t.html")
    }
  }
}
