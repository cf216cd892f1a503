import AuditModel
import Testing

@Suite("Some members of a JSON document")
struct JSONSelectionTests {
  private func read(_ text: String, _ paths: String...) throws -> JSONValue {
    try JSONDocument.read(JSONValue.self, from: Array(text.utf8), only: JSONSelection(paths))
  }

  @Test("What is selected is read, through arrays, and nothing else is there")
  func selected() throws {
    let text = #"""
      { "a": {"b": [1, {"x": "\"}\\", "y": 2}], "c": null}, "d": [ {"e": 1, "f": []}, {"e": 2}, 7 ], "g": "h" }
      """#
    #expect(
      try read(text, "a.b", "g") == read(#"{"a":{"b":[1,{"x":"\"}\\","y":2}]},"g":"h"}"#, "a", "g"))
    #expect(try read(text, "d.e") == read(#"{"d":[{"e":1},{"e":2},7]}"#, "d"))
    #expect(try read(text, "z", "a.z") == read(#"{"a":{}}"#, "a"))
    #expect(
      try read(#"{"\u0061":1}"#, "a") == read(#"{"a":1}"#, "a"), "a key spelled with an escape")
  }

  @Test(
    "What is not selected must be JSON all the same",
    arguments: [
      #"{"a":1,"b":tru}"#, #"{"a":1,"b":{"c":1,"c":2}}"#, #"{"a":1,"a":2}"#, #"{"a":1} 2"#,
      #"{"a":1"#,
      "{\"a\":1,\"b\":\"\u{1}\"}", "", #"{"a":1,"b":01}"#,
      #"{"a":1,"b":"# + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "}",
    ])
  func broken(text: String) {
    #expect(throws: JSONDocumentError.self) { try read(text, "a") }
  }
}
