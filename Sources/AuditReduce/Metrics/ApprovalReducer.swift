import AuditModel

/// `approvalLatency`: turnaround over the definitions that ask for approval.
///
/// Definition: a definition is approval-bearing when some instance of it in this cohort shows "Awaiting # more
/// approval(s)", "Workflow rejected by user" or a RequireApproval step, or when the configuration names it. The figures
/// are those of ``TurnaroundTable``. Limits: the feed has no approval timestamp, so that this is an upper bound.
struct ApprovalReducer: Reducer {
  private var shown: Set<Name> = []

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    if instance.showsApproval, let id = instance.definition.id { shown.insert(id) }
  }

  mutating func merge(_ other: ApprovalReducer) {
    shown.formUnion(other.shown)
  }

  func finish(_ table: TurnaroundTable, configured: Set<Name>) -> ApprovalLatencyDocument {
    let definitions = shown.union(configured)
    return ApprovalLatencyDocument(
      definitions: definitions.sorted().map(\.string), byWorkflowType: table.over(definitions))
  }
}
