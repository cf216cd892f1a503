import SafeXML
import TestSupport
import Testing

@Suite("Writing markup")
struct MarkupWriterTests {
  private func text(_ text: String) -> String {
    var writer = MarkupWriter()
    writer.text(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func value(_ text: String) -> String {
    var writer = MarkupWriter()
    writer.element(.data, .value(text)) { _ in }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("A path says only what changes from corner to corner")
  func path() {
    var writer = MarkupWriter()
    let corners = [(0.0, 10.0), (5, 10), (5, 7.25), (5.01, 7.26), (8, 2)]
    let line = corners.map { MarkupAttribute.Point(x: $0.0, y: $0.1) }
    writer.element(.path, .path([line, Array(line.prefix(2))])) { _ in }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "<path d=\"M0,10H5V7.3L8,2M0,10H5\"></path>")
  }

  @Test(
    "Text stays text",
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("a & b &amp; c", "a &amp; b &amp;amp; c"), ("\"quoted\" 'too'", "\"quoted\" 'too'"),
      ("]]>", "]]&gt;"), ("<!-- x -->", "&lt;!-- x --&gt;"), ("é 漢 😀", "é 漢 😀"),
      ("a\u{A0}b", "a\u{A0}b"),
    ])
  func escaping(text: String, html: String) {
    #expect(self.text(text) == html)
  }

  /// U+1FFFE, which a literal cannot hold.
  private static let noncharacter = Character(Unicode.Scalar(0x1FFFE) ?? " ")

  @Test(
    "F148: what cannot be seen or carried is shown as a token",
    arguments: [
      ("\u{0}", "⟨U+0000⟩"), ("\u{1}", "⟨U+0001⟩"), ("\t", "⟨U+0009⟩"), ("\n", "⟨U+000A⟩"),
      ("\r\n", "⟨U+000D⟩⟨U+000A⟩"), ("\u{1B}[31m", "⟨U+001B⟩[31m"), ("\u{7F}", "⟨U+007F⟩"),
      ("\u{85}", "⟨U+0085⟩"), ("\u{AD}", "⟨U+00AD⟩"), ("\u{200B}", "⟨U+200B⟩"),
      ("\u{200D}", "⟨U+200D⟩"), ("\u{202E}gpj.exe", "⟨U+202E⟩gpj.exe"), ("\u{2028}", "⟨U+2028⟩"),
      ("\u{2066}", "⟨U+2066⟩"), ("\u{FEFF}", "⟨U+FEFF⟩"), ("\u{FFFE}", "⟨U+FFFE⟩"),
      ("\u{FFFF}", "⟨U+FFFF⟩"), (String(noncharacter), "⟨U+1FFFE⟩"),
      ("\u{E0041}", "⟨U+E0041⟩"), ("\u{FFFD}", "\u{FFFD}"),
    ])
  func tokens(text: String, html: String) {
    #expect(self.text(text) == html)
  }

  @Test("A quotation mark does not end an attribute")
  func attributes() {
    #expect(
      value("\" onmouseover=\"x()\" <b>&\u{0}")
        == "<data value=\"&quot; onmouseover=&quot;x()&quot; &lt;b&gt;&amp;⟨U+0000⟩\"></data>")
  }

  @Test("Elements close themselves, in order")
  func nesting() {
    var writer = MarkupWriter()
    writer.element(.p, .className("note"), .id("a", 2)) { writer in
      writer.element(.strong, text: "x")
      writer.element(.span) { $0.text("y") }
    }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "<p class=\"note\" id=\"a-2\"><strong>x</strong><span>y</span></p>")
  }

  @Test("Coordinates have at most two decimals and no exponent")
  func coordinates() {
    var writer = MarkupWriter()
    writer.element(.line, .x1(1.0 / 3), .y1(-0.001), .x2(12), .y2(1e-9)) { _ in }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "<line x1=\"0.33\" y1=\"0\" x2=\"12\" y2=\"0\"></line>")
  }

  @Test("Whatever is written, nothing but ours opens an element")
  func random() {
    var generator = SeededGenerator(seed: 20_261_001)
    for _ in 0..<2000 {
      let text = String(
        String.UnicodeScalarView(
          (0..<24).compactMap { _ in
            Unicode.Scalar(
              UInt32.random(
                in: 0...(Bool.random(using: &generator) ? 0x7F : 0x10FFFF), using: &generator))
          }))
      var writer = MarkupWriter()
      writer.element(.td, .label(text)) { $0.text(text) }
      let html = writer.bytes
      #expect(html.filter { $0 == UInt8(ascii: "<") }.count == 2)
      #expect(html.filter { $0 == UInt8(ascii: "\"") }.count >= 2)
      #expect(!html.contains { $0 < 0x20 || $0 == 0x7F })
    }
  }
}
