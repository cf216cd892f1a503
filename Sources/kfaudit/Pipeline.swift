internal import AuditModel
internal import AuditRun

/// The seam between the door and the pipeline.
enum Pipeline {
  /// The metrics that can be computed, in the order of the report.
  static let knownMetrics = [
    "population", "normalisation", "turnaround", "approvalLatency", "failureRates", "trend",
  ]

  /// Does what the plan says.
  ///
  /// - Returns: The path of the published pack, and the status to answer.
  static func run(_ plan: AuditPlan, log: Log) async throws -> (path: String, status: ExitStatus) {
    throw NotYet()
  }

  private struct NotYet: AuditFailure {
    var exitStatus: ExitStatus { .internalError }
    var description: String { "the pipeline is not there yet; nothing was fetched." }
  }
}
