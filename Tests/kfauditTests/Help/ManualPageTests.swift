import AuditModel
import Foundation
import TestSupport
import Testing

@testable import kfaudit

@Suite("The manual page")
struct ManualPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardizedFileURL
  private static let file = root.appendingPathComponent("Examples/kfaudit.1")
  private static let mandoc = "/usr/bin/mandoc"

  private let page: String

  init() throws {
    page = try String(contentsOf: Self.file, encoding: .utf8)
  }

  @Test("Its commands and examples are those of help, in the words of help")
  func help() async throws {
    let root = try await CommandHelp.root()
    let sections = [
      "COMMANDS": try await ManualPage(root.all.filter { $0.subcommands == nil }).text,
      "EXAMPLES": ManualPage(examplesOf: root).text,
      "ENVIRONMENT": "The names are those of the official tools.\n"
        + ManualPage(.environment, macro: "Ev ").text,
      "EXIT STATUS": ManualPage(.exitStatus).text,
    ]
    var expected = page
    for (name, text) in sections {
      let start = try #require(expected.firstRange(of: ".Sh \(name)\n")?.upperBound)
      let end = try #require(expected[start...].firstRange(of: ".Sh ")?.lowerBound)
      expected.replaceSubrange(start..<end, with: text)
    }
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      return try expected.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(page == expected, "RECORD_GOLDEN=1 rewrites it")
  }

  @Test("It has every exit status and every variable that the program reads")
  func reference() throws {
    for status in ExitStatus.allCases {
      #expect(page.contains(".It \(status.rawValue)\n"), "\(status)")
    }
    let sources = Self.root.appendingPathComponent("Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    for path in paths where path.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      for match in text.matches(of: /"(KEYFACTOR_[A-Z_]+[A-Z])"/) {
        #expect(page.contains(".It Ev \(match.output.1)\n"), "\(match.output.1)")
      }
    }
  }

  @Test(
    "mandoc has nothing to say against it",
    .enabled(if: FileManager.default.isExecutableFile(atPath: mandoc)))
  func lint() async throws {
    let answer = try await BuiltProgram().run(
      ["-T", "lint", "-W", "warning", Self.file.path], of: Self.mandoc)
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
  }
}
