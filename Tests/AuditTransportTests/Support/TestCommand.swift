import Foundation
import Testing

/// Runs the system's own tools, whose results share no code with what is tested.
enum TestCommand {
  static func output(_ words: String...) throws -> [UInt8] {
    try output(words, in: FileManager.default.temporaryDirectory)
  }

  /// What the command writes to its standard output; a command that fails fails the test.
  static func output(_ words: [String], in folder: URL) throws -> [UInt8] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardError = FileHandle.nullDevice
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return Array(output)
  }
}
