import Foundation
import TestSupport
import Testing

/// A run of the built program over a few saved pages, in a folder of its own.
struct SavedPagesRun {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  var bench = BuiltProgram()

  var pages: URL { folder.appendingPathComponent("pages") }
  var archive: URL { folder.appendingPathComponent("archive") }
  var pack: URL { archive.appendingPathComponent("2026-07-01_2026-10-01") }

  init() throws {
    let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/quarter/pages").standardizedFileURL
    try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
    for name in ["page-001.json", "page-002.json.gz"] {
      try FileManager.default.copyItem(
        at: examples.appendingPathComponent(name), to: pages.appendingPathComponent(name))
    }
  }

  /// The arguments that make the pack.
  var arguments: [String] {
    [
      "run", "--pages", pages.path, "--from", "2026-07-01", "--to", "2026-10-01", "--as-of",
      "2026-10-02T06:00:00Z", "--accept-unproved", "--out", archive.path,
    ]
  }

  /// The names in the archive but for the lock; none when there is no archive.
  func names() throws -> [String] {
    guard FileManager.default.fileExists(atPath: archive.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: archive.path)
      .filter { $0 != ".kfaudit.lock" }.sorted()
  }

  /// Holds that the pack is there, that nothing else is, and that it is what an undisturbed run publishes.
  func expectPublished() async throws {
    #expect(try names() == ["2026-07-01_2026-10-01", "latest"])
    let answer = try await bench.run("verify", pack.path)
    #expect(answer.status == 0, "\(answer.output)")
  }

  /// Holds that nothing was published, and that the next run needs no cleaning.
  func expectNothing() async throws {
    #expect(try names().isEmpty)
    let next = try await bench.run(arguments)
    #expect(next.status == 0, "\(next.errors)")
    try await expectPublished()
  }

  func remove() throws {
    try FileManager.default.removeItem(at: folder)
  }
}
