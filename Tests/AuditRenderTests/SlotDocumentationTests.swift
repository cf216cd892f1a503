import Foundation
import Testing

@testable import AuditRender

@Suite("Slots")
struct SlotDocumentationTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/kfaudit/Documentation.docc/Templates.md")

  @Test("The documentation lists the slots that there are, with their attributes")
  func documentation() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let start = try #require(text.range(of: "## Slots\n\n")?.upperBound)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try (text[..<start] + Slot.documentation)
        .write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(text[start...] == Slot.documentation)
  }
}
