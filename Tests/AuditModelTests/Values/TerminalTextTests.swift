import AuditModel
import Testing

@Suite("Text for a terminal")
struct TerminalTextTests {
  @Test(
    "F144: what a terminal might obey is written out",
    arguments: [
      ("\u{1B}[2J", #"\u{1B}[2J"#), ("\u{1B}]8;;http://x\u{07}", #"\u{1B}]8;;http://x\u{7}"#),
      ("a\u{9B}b", #"a\u{9B}b"#), ("a\u{08}b\u{7F}", #"a\u{8}b\u{7F}"#),
      ("a\nb\r\nc", #"a\u{A}b\u{D}\u{A}c"#),
      ("\u{202E}evil", #"\u{202E}evil"#), ("a\u{200B}b\u{FEFF}", #"a\u{200B}b\u{FEFF}"#),
      ("a\u{2028}b\u{2029}", #"a\u{2028}b\u{2029}"#), ("\u{0}", #"\u{0}"#),
      ("\u{FFFF}", #"\u{FFFF}"#),
      ("Zoë Müller, 東京 €", "Zoë Müller, 東京 €"), ("e\u{301}", "e\u{301}"), ("", ""),
    ])
  func controls(text: String, shown: String) {
    #expect(Array(TerminalText.sanitized(text).utf8) == Array(shown.utf8))
  }

  @Test("No control byte of any scalar survives")
  func everyScalar() {
    for value in 0..<0x3000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let clean = TerminalText.sanitized(String(scalar))
      let isControl = clean.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }
      #expect(!isControl, "U+\(String(value, radix: 16))")
    }
  }

  @Test("Long text is cut, never inside an escape")
  func cut() {
    #expect(TerminalText.sanitized(String(repeating: "x", count: 256)).unicodeScalars.count == 256)
    #expect(
      TerminalText.sanitized(String(repeating: "x", count: 257)) == String(
        repeating: "x", count: 256)
        + "…")
    #expect(TerminalText.sanitized("abc\u{1B}d", limit: 5) == "abc…")
  }
}
