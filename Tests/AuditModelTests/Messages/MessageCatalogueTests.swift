import AuditModel
import Foundation
import Testing

@Suite("The catalogue of messages")
struct MessageCatalogueTests {
  @Test("Every code has one entry, in the order of the numbers of its area")
  func entries() {
    #expect(MessageEntry.all.map(\.code).count == Set(MessageEntry.all.map(\.code)).count)
    #expect(Set(MessageEntry.all.map(\.code)) == Set(MessageCode.allCases))
    #expect(MessageCode.allCases.map(\.rawValue) == MessageCode.allCases.map(\.rawValue).sorted())
    #expect(Set(MessageCode.allCases.map(\.area)) == Set(MessageCode.Area.allCases))
  }

  /// Codes are stable: scripts and runbooks know them.
  @Test("No code is renumbered, renamed or given to another message")
  func stable() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "codes.txt")
    let text = MessageCode.allCases.map { "\($0.rawValue) \($0)\n" }.joined()
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text, "RECORD_GOLDEN=1 rewrites it")
  }

  @Test("A code is read in any of its forms", arguments: ["KFA-1023", "kfa-1023", "1023"])
  func reading(text: String) {
    #expect(MessageCode(text) == .invalidChoice)
  }

  @Test("What is no code is none", arguments: ["65", "KFA-", "KFA-0001", "10230", "KFA1023", ""])
  func noCode(text: String) {
    #expect(MessageCode(text) == nil)
  }

  @Test("Facts take the places of placeholders, a name that occurs again the same one")
  func filling() {
    let message = Message(.openFilesLimit, "20", "64")
    #expect(
      message.text
        == "this process may open 20 files (RLIMIT_NOFILE), and needs 64. Run ulimit -n 64, then run again."
    )
  }

  @Test("A fact that looks like a placeholder stays what it is")
  func foreignText() {
    #expect(Message(.emptyList, "‹option› %@").text.hasPrefix("‹option› %@: the list is empty."))
  }

  @Test("Every sentence, cause and remedy reads as one", arguments: MessageCode.allCases)
  func prose(code: MessageCode) {
    let entry = code.entry
    for text in [entry.cause, entry.remedy] {
      #expect(
        text.first?.isUppercase == true || text.hasPrefix("kfaudit "), "\(code): \(text)")
    }
    #expect(entry.cause.hasSuffix("."), "\(code): \(entry.cause)")
    #expect(entry.sentence.hasSuffix(".") || entry.sentence.hasSuffix("›"), "\(code)")
    for text in [entry.sentence, entry.cause, entry.remedy] {
      #expect(!text.contains("\n") && !text.contains("  "), "\(code): \(text)")
      // The words that the house style has done away with.
      let badWords = /\b(this|it|that|which|›'?) (is|are) no\b|\b(stands|says|wants|answers|give)\b/
      #expect(text.firstMatch(of: badWords) == nil, "\(code): \(text)")
    }
  }
}

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
