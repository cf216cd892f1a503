import Testing

@testable import CommandSandbox

@Suite("The sandbox's JSON")
struct WireTests {
  private func written(_ change: (inout SandboxOptions, inout SandboxRow) -> Void = { _, _ in })
    -> String
  {
    var options = SandboxOptions()
    var row = SandboxRow(
      referenceID: 3_000_000_000, id: "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1", status: .suspended,
      statusMessage: nil,
      definition: SandboxRow.Definition(
        id: "d", name: "Web", version: 3, workflowType: "Enrollment"),
      step: SandboxRow.Step(id: "s", name: "Require Approval", uniqueName: "RequireApproval1"),
      userName: "u", title: "A\\b is enrolling", start: 1_790_812_800_000,
      lastModified: 1_790_812_803_600)
    change(&options, &row)
    return String(decoding: RowEncoder(options).encode([row]), as: UTF8.self)
  }

  @Test("Writes the vendor's fields compactly, in order, nulls included")
  func writesFields() {
    #expect(
      written() == #"""
        [{"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1","Status":"Suspended","CurrentStepId":"s",\#
        "StatusMessage":null,"Definition":{"Id":"d","DisplayName":"Web","Version":3,\#
        "WorkflowType":"Enrollment"},"CurrentStepDisplayName":"Require Approval",\#
        "CurrentStepUniqueName":"RequireApproval1","Title":"A\\b is enrolling",\#
        "LastModified":"2026-10-01T00:00:03.6Z","StartDate":"2026-10-01T00:00:00Z",\#
        "ReferenceId":3000000000}]
        """#)
  }

  @Test("Writes camelCase keys and integer statuses when asked to")
  func writesProfiles() {
    let text = written { options, _ in
      options.keyCase = .camel
      options.statusAsInteger = true
    }
    #expect(text.contains(#""status":5,"currentStepId":"s","statusMessage":null"#))
    #expect(text.contains(#""definition":{"id":"d","displayName":"Web""#))
    #expect(!text.contains("Id\":\"9"))
  }

  @Test("Writes no rows as an empty array")
  func writesNothing() {
    #expect(RowEncoder(SandboxOptions()).encode([]) == Array("[]".utf8))
  }

  @Test(
    "Escapes as the product's platform does",
    arguments: [
      ("O'Brien", #"O\u0027Brien"#), ("a\"b", #"a\u0022b"#), ("<&>", #"\u003C\u0026\u003E"#),
      ("1+1`", #"1\u002B1\u0060"#), ("a\\b", #"a\\b"#), ("\t\r\n", #"\t\r\n"#),
      ("\u{8}\u{C}", #"\b\f"#), ("\0\u{1B}\u{7F}", #"\u0000\u001B\u007F"#), ("ü", #"\u00FC"#),
      ("\u{1F468}", #"\uD83D\uDC68"#), ("/", "/"),
      ("x\(SandboxRow.loneSurrogate)", #"x\uD800"#),
    ])
  func escapes(text: String, expected: String) {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\"\(expected)\"")
  }

  @Test(
    "Writes dates in each style",
    arguments: [
      (SandboxOptions.DateStyle.trimmed, 0, "2026-10-01T00:00:00Z"),
      (.trimmed, 600, "2026-10-01T00:00:00.6Z"), (.trimmed, 45, "2026-10-01T00:00:00.045Z"),
      (.trimmed, 120, "2026-10-01T00:00:00.12Z"),
      (.zoneless, 0, "2026-10-01T00:00:00"),
    ] as [(SandboxOptions.DateStyle, Int64, String)])
  func writesDates(style: SandboxOptions.DateStyle, milliseconds: Int64, expected: String) {
    var bytes: [UInt8] = []
    style.append(1_790_812_800_000 + milliseconds, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test("Adds digits beyond milliseconds that a reader may drop")
  func writesFineDates() {
    func text(_ style: SandboxOptions.DateStyle) -> String {
      var bytes: [UInt8] = []
      style.append(1_790_812_800_045, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(text(.sevenDigits).hasPrefix("2026-10-01T00:00:00.045"))
    #expect(text(.sevenDigits).utf8.count == "2026-10-01T00:00:00.0450000Z".utf8.count)
    #expect(text(.zoneless) + "Z" == text(.sevenDigits))
  }

  @Test("Writes the Date header as HTTP has it")
  func writesHeaderDate() {
    #expect(
      CivilTime(milliseconds: 784_111_777_000).headerDate == "Sun, 06 Nov 1994 08:49:37 GMT")
  }
}
