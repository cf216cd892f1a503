import Foundation

/// Tests/Oracle/oracle.py as a process.
enum Oracle {
  /// The interpreter that has the oracle's modules: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  /// Whether the interpreter has what the oracle needs.
  static let isUsable: Bool = {
    let check = try? execute([python, "-c", "import lifelines, numpy, statsmodels"])
    return check?.status == 0
  }()

  /// Compares packs; the status is 0 when all figures agree.
  static func run(_ packs: [String]) throws -> (status: Int32, output: String) {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Oracle/oracle.py")
    return try execute([python, script.path] + packs)
  }

  private static func execute(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
