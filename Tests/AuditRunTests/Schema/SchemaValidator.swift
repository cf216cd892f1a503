import Foundation

/// Tests/Oracle/validate.py as a process.
enum SchemaValidator {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The interpreter that has the validator: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  /// Without the validator its tests are skipped, but not where a check is made.
  static let isUsable: Bool = {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    do {
      return try execute(["-c", "import jsonschema"]).status == 0
    } catch {
      return false
    }
  }()

  /// The schema of `report` or `manifest`.
  static func schema(of document: String) -> String {
    root.appendingPathComponent("Examples/\(document).schema.json").path
  }

  /// Validates documents; the status is 0 when all fit and the schema bites.
  static func validate(
    _ documents: [String], against schema: String
  ) throws -> (status: Int32, lines: [String]) {
    let script = root.appendingPathComponent("Tests/Oracle/validate.py").path
    return try execute([script, schema] + documents)
  }

  private static func execute(
    _ arguments: [String]
  ) throws -> (status: Int32, lines: [String]) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: output, as: UTF8.self)
    return (process.terminationStatus, text.split(separator: "\n").map(String.init))
  }
}
