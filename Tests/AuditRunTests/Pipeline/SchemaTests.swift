import CommandSandbox
import Foundation
import Testing

@testable import AuditRun

@Suite("The JSON Schemas of what others read")
struct SchemaTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The interpreter that has the validator: Tests/run.sh names one.
  private static let python =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_PYTHON"] ?? "python3"

  private static func execute(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Without the validator the test is skipped, but not where a check is made.
  static let isUsable: Bool = {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    do {
      return try execute(["-c", "import jsonschema"]).status == 0
    } catch {
      return false
    }
  }()

  @Test(
    "A published report and its manifest fit them, and nothing else does",
    .enabled(if: isUsable, "python3 has no module jsonschema; Tests/run.sh installs it"),
    arguments: ["report", "manifest"])
  func fits(document: String) async throws {
    var options = SandboxOptions()
    options.instances = 120
    options.hostilePercent = 20
    options.now = 1_793_600_000_000
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    _ = try await job.run()
    try await sandbox.stop()
    let answer = try Self.execute([
      Self.root.appendingPathComponent("Tests/Oracle/validate.py").path,
      Self.root.appendingPathComponent("Examples/\(document).schema.json").path,
      job.folder("archive/latest/\(document).json"),
    ])
    #expect(answer.status == 0, "\(answer.output)")
  }
}
