import Foundation
import Testing

@Suite("Fault cases")
struct FaultCaseTests {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("Each number that a test is named by is a case of Tests/FAULTS.md")
  func known() throws {
    let page = try String(contentsOf: Self.tests.appending(path: "FAULTS.md"), encoding: .utf8)
    let cases = Set(page.matches(of: /(?m)^\| (\d+) \|/).map { String($0.1) })
    #expect(cases.count == 164)
    let files = FileManager.default.enumerator(at: Self.tests, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for number in text.matches(of: /"F(\d+)\b/).map({ String($0.1) }) {
        #expect(cases.contains(number), "F\(number) in \(file.lastPathComponent)")
      }
    }
  }
}
