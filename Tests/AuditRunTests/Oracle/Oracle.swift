/// The scripts of Tests/Oracle that judge packs.
enum Oracle: String {
  /// With the standard library alone.
  case recompute
  /// With the field's own libraries.
  case oracle
  /// The workbook against the CSV files.
  case sheets

  /// Those that compute figures.
  static let ofFigures = [recompute, oracle]

  /// Without the modules the tests are skipped, but not where a check is made.
  @Sendable static func isUsable() async -> Bool {
    await PythonScript.canImport("lifelines, pandas, scipy, statsmodels")
  }

  /// Compares packs; the status is 0 when all figures agree.
  func judge(_ packs: [String]) async throws -> (status: Int32, output: String) {
    try await PythonScript(name: rawValue).run(packs)
  }
}
