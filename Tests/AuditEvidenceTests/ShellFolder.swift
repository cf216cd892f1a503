import Foundation
import TestSupport
import Testing

/// A temporary folder in which the system's own tools run, whose results share no code with what is tested.
final class ShellFolder: Sendable {
  /// What the commands said.
  struct Answer {
    var status: Int32
    var text: String
  }

  /// Where it is.
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "kfaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: url)
    } catch {
      Issue.record(error)
    }
  }

  func read(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: url.appending(path: path)))
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: url.appending(path: path))
  }

  /// Runs a command in the folder; what it writes to stderr is part of the text.
  @discardableResult
  func run(_ command: String) async throws -> Answer {
    let answer = try await TestProcess(shell: "exec 2>&1; \(command)", in: url.path).run()
    return Answer(status: answer.status, text: answer.output)
  }

  /// Runs a command that must succeed.
  func must(_ command: String) async throws {
    try await TestProcess(shell: command, in: url.path).succeed()
  }
}
