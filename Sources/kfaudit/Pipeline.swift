internal import AuditModel
internal import AuditRun

/// The seam between the door and the pipeline.
enum Pipeline {
  /// The metrics that can be computed, in the order of the report.
  static let knownMetrics = AuditRun.knownMetrics

  /// Does what the plan says.
  ///
  /// - Returns: The published pack, and the status to answer.
  static func run(_ plan: AuditPlan, log: Log) async throws -> AuditResult {
    try await AuditRun(plan: plan, now: .now, log: log).run()
  }
}
