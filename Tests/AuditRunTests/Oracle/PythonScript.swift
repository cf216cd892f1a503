import Foundation
import TestSupport

/// A script of Tests/Oracle as a process.
struct PythonScript {
  /// Its name without extension.
  let name: String

  /// The interpreter that has the modules: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  /// Whether the interpreter has some modules; where a check is made it must have them.
  static func canImport(_ modules: String) async -> Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    do {
      return try await TestProcess([python, "-c", "import \(modules)"]).run().status == 0
    } catch {
      return false
    }
  }

  /// Runs it and returns what it answers and prints, stderr included.
  func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Oracle/\(name).py")
    let answer = try await TestProcess([Self.python, script.path] + arguments).run()
    return (answer.status, answer.output + answer.errors)
  }
}
