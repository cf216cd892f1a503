import AuditModel
import Testing

@testable import AuditFetch

@Suite("Secrets in what a server echoes")
struct SecretScrubberTests {
  private static let secret = Secret(#"p+ss"w\rd&"#)

  @Test(
    "A secret is found in every form that a server may echo it in",
    arguments: [
      #"p+ss"w\rd&"#, "p%2Bss%22w%5Crd%26", #"p+ss\"w\\rd&"#, #"p\u002Bss\u0022w\\rd\u0026"#,
      "p+ss\"w\\rd&\u{301}",
    ])
  func forms(echo: String) {
    let shown = SecretScrubber.scrub("you sent \(echo) to us".utf8, of: [Self.secret])
    #expect(shown.utf8.starts(with: "you sent (redacted)".utf8))
    #expect(shown.hasSuffix(" to us"))
  }

  @Test("No cut leaves the beginning of a secret")
  func cut() {
    let secret = Secret(String(repeating: "k", count: 3000) + "!")
    for padding in [0, 100, 4090, 4096] {
      let text = String(repeating: ".", count: padding) + secret.reveal() + secret.reveal()
      #expect(!SecretScrubber.scrub(text.utf8, of: [secret]).contains("k"))
    }
  }

  @Test("Text without secrets stays as it is, and an empty secret is none")
  func untouched() {
    #expect(SecretScrubber.scrub("grüße".utf8, of: [Secret(""), Self.secret]) == "grüße")
  }
}
