import Foundation
import TestSupport

/// Runs the built program as a shell would.
struct BuiltProgram: Sendable {
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
    try process(arguments, of: executable).start(output: output, errors: errors)
  }

  /// Runs the program to its end.
  func run(_ arguments: String...) async throws -> TestProcess.Answer {
    try await run(arguments)
  }

  /// Runs the program, or another one, to its end.
  func run(
    _ arguments: [String], of executable: String = program.path
  ) async throws -> TestProcess.Answer {
    try await process(arguments, of: executable).run()
  }

  /// Runs the program, or another one, as a server: looks at it once it has written a line, and asks it to end.
  func serve<Value>(
    _ arguments: [String], of executable: String = program.path,
    _ look: (_ line: String, _ number: Int32) throws -> Value
  ) async throws -> (value: Value, answer: TestProcess.Answer) {
    try await process(arguments, of: executable).serve(look)
  }

  /// Runs a bash script to its end, in which `"$@"` is the program with these arguments.
  func shell(_ script: String, _ arguments: [String]) async throws -> TestProcess.Answer {
    try await run(["-c", script, "bash", Self.program.path] + arguments, of: "/bin/bash")
  }

  /// Runs the program under strace, which disturbs its system calls, or those on one path only.
  func disturbed(
    _ injection: String, at path: String? = nil, _ arguments: [String]
  ) async throws -> TestProcess.Answer {
    let call = injection.prefix { $0 != ":" }
    return try await run(
      ["strace", "-f", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? [])
        + ["-e", "trace=\(call)", "-e", "inject=\(injection)", Self.program.path] + arguments,
      of: "/usr/bin/env")
  }

  private func process(_ arguments: [String], of executable: String) -> TestProcess {
    TestProcess([executable] + arguments, environment: variables)
  }
}
