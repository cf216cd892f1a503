import Foundation
import Testing

/// A temporary folder in which the system's own tools run, whose results share no code with what is tested.
final class ShellFolder {
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

  /// Runs a command in the folder.
  @discardableResult
  func run(_ command: String) throws -> Answer {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Answer(status: process.terminationStatus, text: String(decoding: text, as: UTF8.self))
  }

  /// Runs a command that must succeed.
  func must(_ command: String) throws {
    let answer = try run(command)
    try #require(answer.status == 0, "\(command): \(answer.text)")
  }
}
