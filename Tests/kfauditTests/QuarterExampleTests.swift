import Foundation
import TestSupport
import Testing

@Suite("The example of a quarter", .slow)
struct QuarterExampleTests {
  private static let examples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/quarter")
  private static let configuration = examples.deletingLastPathComponent()
    .appendingPathComponent("kfaudit.yaml")

  /// The paths of the files within a folder.
  private func files(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
      let url = folder.appendingPathComponent(path)
      return try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory != true
    }.sorted()
  }

  private func run(in work: URL, _ variables: [String: String]) async throws -> URL {
    let answer = try await BuiltProgram(variables: variables).run(
      "run", "--pages", Self.examples.appendingPathComponent("pages").path, "--period", "2026-Q3",
      "--as-of", "2026-10-02T06:00:00Z", "--out", work.appendingPathComponent("archive").path,
      "--accept-unproved", "--config", Self.configuration.path)
    #expect(answer.status == 0)
    #expect(answer.errors == "")
    return URL(fileURLWithPath: String(answer.output.dropLast()))
  }

  @Test(
    "F16: The pack is the expected one to the byte, whatever the zone and the language of the machine",
    .serialized,
    arguments: [
      ["TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
      ["TZ": "America/St_Johns", "LC_ALL": "C"],
    ])
  func bytes(variables: [String: String]) async throws {
    let work = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer {
      do { try FileManager.default.removeItem(at: work) } catch { Issue.record(error) }
    }
    let pack = try await run(in: work, variables)
    let expected = Self.examples.appendingPathComponent("pack")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try FileManager.default.removeItem(at: expected)
      try FileManager.default.copyItem(at: pack, to: expected)
    }
    let paths = try files(in: pack)
    #expect(try files(in: expected) == paths)
    for path in paths {
      let isSame =
        try Data(contentsOf: pack.appendingPathComponent(path))
        == Data(contentsOf: expected.appendingPathComponent(path))
      #expect(isSame, "\(path) differs")
    }
  }
}
