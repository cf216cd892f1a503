import Foundation
import Testing

/// Each example of a doc comment is found line by line in a test, which compiles and runs it.
@Suite("Examples in doc comments")
struct DocumentationExampleTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of each Swift file of a folder, without the blanks around them.
  private static func files(in folder: String) throws -> [[String]] {
    let folder = repository.appendingPathComponent(folder)
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    return try files.map { file in
      try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// An example in the doc comment of a declaration.
  private struct Example {
    var lines: [String] = []
    var declaration = ""
  }

  /// The examples in the doc comments of a file.
  private static func examples(in lines: [String]) -> [Example] {
    var examples: [Example] = []
    var isOpen = false
    for line in lines {
      if line == "/// ```swift" {
        examples.append(Example())
        isOpen = true
      } else if line == "/// ```" {
        isOpen = false
      } else if isOpen {
        let text = line.dropFirst("///".count).trimmingCharacters(in: .whitespaces)
        examples[examples.count - 1].lines.append(text)
      } else if !line.hasPrefix("///"), let last = examples.last, last.declaration.isEmpty {
        examples[examples.count - 1].declaration = line
      }
    }
    return examples
  }

  @Test("Every example is part of a test")
  func compiled() throws {
    let examples = try Self.files(in: "Sources").flatMap(Self.examples)
    let tests = try Self.files(in: "Tests").map { lines in
      // A test keeps to itself what its example declares for all.
      lines.map { $0.hasPrefix("private struct ") ? String($0.dropFirst("private ".count)) : $0 }
    }
    for example in examples {
      #expect(
        tests.contains { $0.firstRange(of: example.lines) != nil },
        "no test has the example of \(example.declaration)")
    }
  }

  @Test(
    "What others build upon has an example",
    arguments: ["protocol Metric:", "struct Column<", "protocol StoredPages:", "struct Setting<"])
  func exemplified(type: String) throws {
    let examples = try Self.files(in: "Sources").flatMap(Self.examples)
    #expect(examples.contains { $0.declaration.contains(type) })
  }
}
