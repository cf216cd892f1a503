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

@Suite("Values that name something")
struct NamedValueTests {
  @Test(
    "Content in a name's place is shown by its length only",
    arguments: [
      "-----BEGIN PRIVATE KEY-----\nMIIB", "-----BEGIN PRIVATE KEY----- MIIB", "x -----BEGIN",
      #"{"servers":{"default":{"password":"x"}}}"#, #"  ["x"]"#, "servers:\n  default: x",
      "password: hunter2", "a\nb", "a\r", String(repeating: "a/", count: 2049),
      String(repeating: "x", count: 256),
      "eyJhbGciOiJub25lIn0." + String(repeating: "e30", count: 20),
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/4Y1qVbBzQxT8Kp9mWcH2sLrN0dFvJ3gUeOiRaSt",
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
    ])
  func content(value: String) {
    #expect(NamedValue.isContent(value))
    #expect(NamedValue.shown(value) == "(\(value.utf8.count) bytes, not shown)")
  }

  @Test(
    "A name is shown, safe to print",
    arguments: [
      "/srv/audit/key.pem", "archive", "./password: x", "C=DE, O=Example, CN=Audit", "{x}",
      "[2026] audit", "https://kf.example.com:8443/KeyfactorAPI", "2026-10-01T00:00:00Z",
      "0f343b0931126a20f133d67c2b018a3b7e1e3b9a1f2b1f6d0c7a4f5e8d9c0b1a", "", "Ärger und Öl",
      "archives/KeyfactorCommand/Production/Evidence/OctoberReports/Nightly",
    ])
  func name(value: String) {
    #expect(NamedValue.shown(value) == value)
  }

  @Test("What a terminal might obey is written as a token")
  func control() {
    #expect(NamedValue.shown("a\u{1B}b") == "a\\u{1B}b")
  }
}
