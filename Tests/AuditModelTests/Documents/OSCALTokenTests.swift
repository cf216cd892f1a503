import AuditModel
import Testing

@Suite("Identifiers of OSCAL")
struct OSCALTokenTests {
  @Test(
    "An id is taken as it is where it can be an identifier",
    arguments: [
      ("failing-users", true), ("_a.b-C_9", true), ("a", true), ("_", true), ("", false),
      ("9a", false), ("-a", false), (".a", false), ("a b", false), ("a/b", false), ("a\n", false),
      ("é", false), ("a\u{301}", false), ("a\u{202E}", false),
    ])
  func isToken(text: String, isToken: Bool) {
    #expect(OSCALToken.isToken(text) == isToken)
  }

  @Test(
    "A control has the id of its catalogue",
    arguments: [
      ("nist-800-53/AC-5", "ac-5"), ("nist-800-53/AC-2(4)", "ac-2.4"), ("soc2/CC6.1", "cc6.1"),
      ("cabf-br/4.9.1.1", "cabf-br-4.9.1.1"), ("27001/5.18", "_27001-5.18"),
      ("pci/A#1", "a-1"), ("27001/2.b/2", "_27001-2.b-2"), ("own/(x)", "own-.x"),
      ("own/a/b", "a-b"),
    ])
  func control(reference: String, id: String) throws {
    let token = OSCALToken.of(try #require(ControlReference(reference)))
    #expect(token == id)
    #expect(OSCALToken.isToken(token))
  }
}
