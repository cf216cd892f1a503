import Foundation

/// Tests/Oracle/validate.py as a process.
enum SchemaValidator {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Without the validator its tests are skipped, but not where a check is made.
  @Sendable static func isUsable() async -> Bool { await PythonScript.canImport("jsonschema") }

  /// The schema of `report` or `manifest`.
  static func schema(of document: String) -> String {
    root.appendingPathComponent("Examples/\(document).schema.json").path
  }

  /// Validates documents; the status is 0 when all fit and the schema bites.
  static func validate(
    _ documents: [String], against schema: String
  ) async throws -> (status: Int32, lines: [String]) {
    let (status, output) = try await PythonScript(name: "validate").run([schema] + documents)
    return (status, output.split(separator: "\n").map(String.init))
  }
}
