import AuditModel

/// `approvalLatency`: turnaround over the definitions that ask for approval.
///
/// Definition: a definition is approval-bearing when some instance of it in this cohort shows "Awaiting # more
/// approval(s)", "Workflow rejected by user" or a RequireApproval step, or when the configuration names it. The figures
/// are those of ``TurnaroundTable``. Limits: the feed has no approval timestamp, so that this is an upper bound.
struct ApprovalReducer: Reducer {
  /// The definitions whose instances in this cohort ask for approval.
  private(set) var shown: Set<Name> = []

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    if instance.showsApproval, let id = instance.definition.id { shown.insert(id) }
  }

  mutating func merge(_ other: ApprovalReducer) {
    shown.formUnion(other.shown)
  }

  /// The figures over the approval-bearing definitions.
  static func finish(
    _ table: TurnaroundTable, _ definitions: Set<Name>
  ) -> ApprovalLatencyDocument {
    ApprovalLatencyDocument(
      definitions: definitions.sorted().map(\.string), byWorkflowType: table.over(definitions))
  }
}
