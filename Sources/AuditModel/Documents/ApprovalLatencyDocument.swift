/// `approvalLatency`: turnaround over the definitions that ask for approval.
public struct ApprovalLatencyDocument: Encodable, Sendable, Equatable {
  /// What the figures are, always shown with them.
  public var caption =
    "The feed has no approval timestamp. This is the time from start to last activity, "
    + "an upper bound on the time to decide."
  /// The GUIDs of the approval-bearing definitions, sorted.
  public var definitions: [String]
  /// The figures per workflow type.
  public var byWorkflowType: [TurnaroundDocument]

  /// Makes the metric.
  public init(definitions: [String], byWorkflowType: [TurnaroundDocument]) {
    self.definitions = definitions
    self.byWorkflowType = byWorkflowType
  }
}
