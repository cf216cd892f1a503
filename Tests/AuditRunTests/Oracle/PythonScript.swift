import Foundation

/// A script of Tests/Oracle as a process.
struct PythonScript {
  /// Its name without extension.
  let name: String

  /// The interpreter that has the modules: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  /// Whether the interpreter has some modules; where a check is made it must have them.
  static func canImport(_ modules: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    do {
      return try execute(["-c", "import \(modules)"]).status == 0
    } catch {
      return false
    }
  }

  /// Runs it and returns what it answers and prints.
  func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Oracle/\(name).py")
    return try Self.execute([script.path] + arguments)
  }

  private static func execute(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
