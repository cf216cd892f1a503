import AuditModel

/// The cases of a cohort as the patterns over several instances see them: those with usable times that name a user and
/// have a common name, by common name.
struct PatternCases {
  let store: CaseStore
  let settings: MetricSettings
  /// Whether definitions ask for approval, by their numbers.
  private let approving: [Bool]

  init(_ store: CaseStore, of cohort: Cohort) {
    self.store = store
    settings = cohort.plan.settings
    approving = store.marks(of: cohort.approvalDefinitions)
  }

  /// Whether a case ran under a definition that asks for approval; `nil` when it names none.
  func asksForApproval(_ record: CaseStore.Case) -> Bool? {
    record.definition < 0 ? nil : approving[Int(record.definition)]
  }

  /// What is found among the cases of each common name that has several, by start and reference id.
  func findings<Row>(
    where mayHold: (ArraySlice<CaseStore.Case>) -> Bool, find: ([CaseStore.Case]) -> [Row]
  ) -> [Row] {
    store.byHolder.flatMap { part in
      part.runs { $0.holder.name == $1.holder.name }.flatMap { run -> [Row] in
        guard run.count > 1, mayHold(part[run]) else { return [] }
        return find(part[run].sorted { ($0.start, $0.referenceID) < ($1.start, $1.referenceID) })
      }
    }
  }
}
