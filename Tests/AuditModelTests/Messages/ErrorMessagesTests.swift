import AuditModel
import Foundation
import Testing

/// The page that lists the messages of the catalogue.
@Suite("The page of messages")
struct ErrorMessagesTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/kfaudit/Documentation.docc/ErrorMessages.md")

  @Test("The documentation has every message, by area")
  func documentation() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: "## Messages\n\n")?.upperBound)
    let expected = MessageCode.Area.allCases.map(Self.table).joined(separator: "\n")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try (text[..<start] + expected).write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(text[start...] == expected, "RECORD_GOLDEN=1 rewrites the page")
  }

  private static func table(_ area: MessageCode.Area) -> String {
    let rows = MessageCode.allCases.filter { $0.area == area }.map { code in
      let entry = code.entry
      let cells = [code.name, entry.sentence, entry.consequence.words, entry.remedy]
      return "| \(cells.map(escaped).joined(separator: " | ")) |\n"
    }
    return "### \(area.title)\n\n| code | message | exit status | what to do |\n|---|---|---|---|\n"
      + rows.joined()
  }

  /// The text with a backslash before what Markdown would obey.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "*_<>|`&\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
