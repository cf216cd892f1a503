import Foundation

extension DoorBench {
  /// Runs a bash script to its end, in which `"$@"` is the program with these arguments.
  func shell(_ script: String, _ arguments: [String]) async throws -> Answer {
    try await run(["-c", script, "bash", Self.program.path] + arguments, of: "/bin/bash")
  }

  /// Runs the program under strace, which disturbs its system calls, or those on one path only.
  func disturbed(
    _ injection: String, at path: String? = nil, _ arguments: [String]
  ) async throws -> Answer {
    let call = injection.prefix { $0 != ":" }
    return try await run(
      ["strace", "-f", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? [])
        + ["-e", "trace=\(call)", "-e", "inject=\(injection)", Self.program.path] + arguments,
      of: "/usr/bin/env")
  }
}
