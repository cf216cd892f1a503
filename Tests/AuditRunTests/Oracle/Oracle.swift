import Foundation

/// The scripts of Tests/Oracle as processes.
enum Oracle: String {
  /// With the standard library alone.
  case recompute
  /// With the field's own libraries.
  case oracle
  /// The workbook against the CSV files.
  case sheets

  /// Those that compute figures.
  static let ofFigures = [recompute, oracle]

  /// The interpreter that has the modules: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  /// Without the modules the tests are skipped, but not where a check is made.
  static let isUsable: Bool = {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    do {
      return try execute(["-c", "import lifelines, pandas, scipy, statsmodels"]).status == 0
    } catch {
      return false
    }
  }()

  /// Compares packs; the status is 0 when all figures agree.
  func judge(_ packs: [String]) throws -> (status: Int32, output: String) {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Oracle/\(rawValue).py")
    return try Self.execute([script.path] + packs)
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
