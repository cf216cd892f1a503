import Foundation
import TestSupport
import Testing

/// Tests/Oracle/definitions_server.py while a test uses it.
final class DefinitionServer {
  /// Its address.
  let url: String
  /// What it says there is to find.
  let truth: [String: Any]
  private let process: Process
  private let input = Pipe()

  /// Starts a server whose data follows from a seed, and waits until it listens.
  init(seed: Int, in folder: TemporaryFolder, _ options: [String] = []) async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Oracle/definitions_server.py").standardizedFileURL
    let path = folder("truth-\(seed).json")
    let output = Pipe()
    process = try TestProcess(["python3", script.path, String(seed), path] + options)
      .start(input: input, output: output, errors: Pipe())
    let line = try await TestProcess.line(from: output)
    let port = try #require(Int(line), "no port: \(line)")
    url = "http://127.0.0.1:\(port)/KeyfactorAPI"
    truth = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        as? [String: Any])
  }

  /// Ends it, and waits for that.
  func stop() throws {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
