import Foundation
import Testing

/// Runs the built program as a shell would.
struct DoorBench: Sendable {
  /// What the program answered.
  struct Answer: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The environment; nothing is inherited, so that the machine's own credentials stay out.
  var variables: [String: String] = [:]

  /// The program, which is built beside the tests.
  static var program: URL {
    let arguments = CommandLine.arguments
    let bundle =
      arguments.firstIndex(of: "--test-bundle-path").flatMap { index in
        index + 1 < arguments.count ? URL(fileURLWithPath: arguments[index + 1]) : nil
      } ?? URL(fileURLWithPath: arguments[0])
    var folder = bundle.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("kfaudit")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return bundle.deletingLastPathComponent().appendingPathComponent("kfaudit")
  }

  /// Starts the program, or another one, without waiting.
  func start(
    _ arguments: [String], of executable: String = program.path, output: Pipe, errors: Pipe
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return process
  }

  /// Runs the program to its end.
  func run(_ arguments: String...) async throws -> Answer {
    try await run(arguments)
  }

  /// Runs the program to its end.
  func run(_ arguments: [String]) async throws -> Answer {
    try await run(arguments, of: Self.program.path)
  }

  /// Runs the program, or another one, to its end.
  func run(_ arguments: [String], of executable: String) async throws -> Answer {
    let bench = self
    return try await Self.blocking {
      let (output, errors) = (Pipe(), Pipe())
      let process = try bench.start(arguments, of: executable, output: output, errors: errors)
      // What is written here fits into a pipe, so that one stream may be read after the other.
      let written = try output.fileHandleForReading.readToEnd() ?? Data()
      let told = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return Answer(
        status: process.terminationReason == .exit
          ? process.terminationStatus : 128 + process.terminationStatus,
        output: String(decoding: written, as: UTF8.self),
        errors: String(decoding: told, as: UTF8.self))
    }
  }

  /// Waits for something that blocks on a thread of its own: of shared ones there may be none left.
  static func blocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}
