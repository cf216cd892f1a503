import AuditModel

/// `approvalLatency`: which definitions ask for approval.
///
/// Definition: a definition is approval-bearing when some instance of it in this cohort shows "Awaiting # more approval(s)",
/// "Workflow rejected by user" or a RequireApproval step, or when the configuration names it. The figures are those of
/// ``DurationLedger`` over these definitions. Limits: the feed has no approval timestamp.
struct ApprovalReducer: Reducer {
  private var seen: Set<Name> = []
  private var shown: Set<Name> = []

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    guard let id = instance.definition.id else { return }
    seen.insert(id)
    if instance.showsApproval { shown.insert(id) }
  }

  mutating func merge(_ other: ApprovalReducer) {
    seen.formUnion(other.seen)
    shown.formUnion(other.shown)
  }

  func finish(
    durations: DurationLedger, configured: Set<Name>, asOf: Instant
  ) -> ApprovalLatencyDocument {
    let definitions = shown.union(configured.intersection(seen))
    return ApprovalLatencyDocument(
      definitions: definitions.sorted().map(\.string),
      byWorkflowType: durations.turnaround(asOf: asOf, of: definitions))
  }
}
