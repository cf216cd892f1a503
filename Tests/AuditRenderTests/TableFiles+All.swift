import AuditModel

@testable import AuditRender

extension TableFiles {
  /// All tables at a time, which tests can afford.
  static func all(of report: ReportDocument) throws -> [Artifact] {
    var artifacts: [Artifact] = []
    try render(report) { artifacts.append($0) }
    return artifacts
  }
}
