import TestSupport
import Testing

@testable import AuditRender

@Suite("Texts in JSON")
struct JSONStringTests {
  private func written(_ text: [UInt8]) -> String {
    var output: [UInt8] = []
    output.append(addingCapacity: 6 * text.count + 2) { JSONString.append(text.span, to: &$0) }
    return String(decoding: output, as: UTF8.self)
  }

  /// What RFC 8259 asks for, character by character.
  private func expected(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0}"..<" ":
          "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(scalar)
        }
      }.joined() + "\""
  }

  @Test(
    "Nothing is escaped but what has to be, wherever it stands", arguments: 0..<50 as Range<UInt64>)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let odd: [Unicode.Scalar] = [
      "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{10FFFF}",
    ]
    for length in 0..<70 {
      var text = ""
      for _ in 0..<length {
        let isOdd = UInt64.random(in: 0..<20, using: &random) < seed % 5
        text.unicodeScalars.append(isOdd ? odd.randomElement(using: &random) ?? "x" : "a")
      }
      #expect(written(Array(text.utf8)) == expected(text))
    }
  }

  @Test("One odd byte is found at every place of a text of any length")
  func places() {
    for length in 1..<70 {
      for place in 0..<length {
        for odd in ["\"", "\\", "\u{1}"] {
          let text =
            String(repeating: "a", count: place) + odd
            + String(repeating: "b", count: length - place - 1)
          #expect(written(Array(text.utf8)) == expected(text))
        }
      }
    }
  }
}
