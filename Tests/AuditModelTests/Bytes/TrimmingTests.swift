import AuditModel
import Testing

@Suite("Blanks at the ends of bytes")
struct TrimmingTests {
  @Test(
    "Blanks and tabs go at both ends, and nothing else does",
    arguments: [
      ("", ""), (" ", ""), (" \t ", ""), ("a", "a"), (" a", "a"), ("a\t", "a"),
      ("\t a \t b ", "a \t b"), ("\na\r", "\na\r"),
    ])
  func trimmed(text: String, expected: String) {
    #expect(text.utf8.trimmedBlanks == Array(expected.utf8))
    #expect(Array("x\(text)y".utf8)[1...].dropLast().trimmedBlanks == Array(expected.utf8))
  }
}
