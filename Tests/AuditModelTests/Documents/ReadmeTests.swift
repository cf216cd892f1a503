import AuditModel
import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
  private static let readme = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("README.md")

  /// The lines of a section.
  private func section(_ title: String) throws -> Substring {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let start = try #require(text.range(of: "\n## \(title)\n")?.upperBound)
    return text[start...].prefix(
      upTo: text[start...].range(of: "\n## ")?.lowerBound ?? text.endIndex)
  }

  @Test("Its table has every exit status once, in their order")
  func statuses() throws {
    let rows = try section("Exit status").matches(of: #/\n\| (\d+) \|/#).map { String($0.1) }
    #expect(rows == AuditModel.ExitStatus.allCases.map { String($0.rawValue) })
  }

  @Test("Its table has every verdict once")
  func verdicts() throws {
    let rows = try section("What the verdict means").matches(of: #/\n\| `(\w+)` \|/#)
      .map { String($0.1) }
    #expect(rows == CompletenessDocument.Verdict.allCases.map(\.rawValue))
  }

  @Test("It is short enough to be read")
  func length() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    #expect(text.split(whereSeparator: \.isWhitespace).count < 1300)
  }
}
