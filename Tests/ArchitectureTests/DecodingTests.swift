import Foundation
import Testing

@Suite("Decoding")
struct DecodingTests {
  @Test(
    "JSON is decoded in one file, so that what is wrong with a document is always an error with a sentence"
  )
  func oneDecoder() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    let decoding = try paths.filter { path in
      guard path.hasSuffix(".swift") else { return false }
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      return ["JSONDecoder(", "JSONSerialization"].contains { text.contains($0) }
    }
    #expect(decoding == ["AuditModel/Reading/JSONDocument.swift"])
  }
}
