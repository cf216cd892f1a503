import AuditRender
import Foundation
import Testing

/// A file beside the tests that says what a rendering looks like.
struct GoldenFile {
  let name: String

  private var url: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  }

  /// Compares; a missing file is written and fails, and `RECORD_GOLDEN=1` rewrites.
  func expect(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let exists = FileManager.default.fileExists(atPath: url.path)
    if !exists || ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
      #expect(exists, "\(name) was missing and has been written", sourceLocation: sourceLocation)
      return
    }
    let expected = [UInt8](try Data(contentsOf: url))
    if expected == bytes { return }
    let place =
      zip(expected, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(expected.count, bytes.count)
    let found = String(decoding: bytes.dropFirst(max(0, place - 40)).prefix(120), as: UTF8.self)
    Issue.record(
      "\(name) differs from byte \(place): …\(found)…; RECORD_GOLDEN=1 rewrites it",
      sourceLocation: sourceLocation)
  }
}

extension TableFile {
  /// All of its content, which tests can afford.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return bytes
  }
}
