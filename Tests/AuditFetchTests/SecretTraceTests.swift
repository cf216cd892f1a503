import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditFetch

@Suite("Secrets in what a server reflects")
struct SecretTraceTests {
  private static let secret = #"p+ss"w\rd&42"#
  private static let trace = SecretTrace(of: [Secret(secret)])

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString()
  }

  @Test(
    "A secret is found in every form that a server may reflect it in",
    arguments: [
      secret, "p%2Bss%22w%5Crd%2642", "p%2bss%22w%5crd%2642", "p%252Bss%2522w%255Crd%252642",
      #"p+ss\"w\\rd&42"#, #"p\u002Bss\u0022w\\rd\u002642"#, "p+ss&quot;w\\rd&amp;42",
      "&#112;&#43;&#115;&#x73;&#34;w&#92;rd&#38;42", "p+ss\"w\\rd&42\u{301}", "24&dr\\w\"ss+p",
      "P+SS\"W\\RD&42", "702b7373 2277 5c72 6426 3432", "70:2B:73:73:22:77:5C:72:64:26:34:32",
      base64(secret), base64("user:" + secret), base64("x" + secret + "y"),
      base64("EX\\a:" + secret), base64(secret).replacing("+", with: "-"),
      "OAVXG4ZCO5OHEZBGGQZA====", "p=2Bss=22w=5Crd=2642",
    ])
  func forms(reflected: String) {
    #expect(Self.trace.isIn("you sent \(reflected) to us".utf8))
  }

  @Test("The greater part of a secret is found as well, wherever a text is cut")
  func parts() {
    let token = (0..<40).map { "key\($0 * 7919 % 1000)" }.joined(separator: "-")
    let trace = SecretTrace(of: [Secret(token)])
    for start in [0, 7, 50] {
      #expect(trace.isIn("invalid token \(token.dropFirst(start).prefix(12))…".utf8))
    }
    #expect(!trace.isIn("invalid token key".utf8))
  }

  @Test("Random secrets are found at every place of what Base64 and Base32 encode")
  func randomSecrets() {
    var random = SeededGenerator(seed: 20)
    for _ in 0..<200 {
      let secret = String(
        decoding: (0..<Int.random(in: 8...40, using: &random)).map { _ in
          UInt8.random(in: 0x21...0x7E, using: &random)
        }, as: UTF8.self)
      let trace = SecretTrace(of: [Secret(secret)])
      let before = String(repeating: "x", count: Int.random(in: 0...9, using: &random))
      #expect(trace.isIn(Self.base64(before + secret + "tail").utf8), "\(secret) after \(before)")
      #expect(trace.isIn(PercentEncoding.encode(secret).utf8), "\(secret)")
      #expect(trace.isIn(secret.unicodeScalars.map { "&#\($0.value);" }.joined().utf8))
    }
  }

  @Test("A secret of few letters is found where it is a word")
  func short() {
    let trace = SecretTrace(of: [Secret("pw")])
    #expect(trace.isIn("is pw wrong?".utf8) && trace.isIn("pw".utf8) && trace.isIn("xpw, pw".utf8))
    #expect(!trace.isIn("pwned, spw".utf8))
  }

  @Test("Text without secrets shows no trace, and an empty secret is none")
  func untouched() {
    let trace = SecretTrace(of: [Secret(""), Secret(Self.secret)])
    for text in ["", "grüße", "0xA011004A, the query is not valid", "100 % & more \\ = &x;"] {
      #expect(!trace.isIn(text.utf8), "\(text)")
    }
  }
}
