import AuditModel

/// A pattern of `indicators` that takes several instances: what was found of it, each pattern in a file of its own.
struct Pattern: Sendable {
  /// How many were found.
  let count: Int
  /// What was found, in a sentence for one or more.
  let sentence: Sentence
  /// How many, as a figure.
  let figure: Figure
  /// The rows.
  let table: MetricTable
  /// What was looked for, in a few words for where there is none.
  let absence: String

  /// Looks for all of them.
  static func all(in cohort: Cohort) -> [Pattern] {
    let cases = PatternCases(of: cohort)
    return [
      RefusedThenObtained.pattern(among: cases, of: cohort),
      ApprovalBypass.pattern(among: cases, of: cohort),
      BatchEnds.pattern(among: cases), ManyRequesters.pattern(among: cases),
    ]
  }

  /// What is looked for, in the words of the caption, and who is in none of it.
  static func caption(_ settings: MetricSettings) -> String {
    """
    a common name is rejected and then issued within \(settings.refusedThenObtainedDays) days; a certificate is issued \
    without approval for a common name that needed approval before; \(settings.batchEndsInstances) or more requests with \
    approval complete with at most \(settings.batchEndsGapSeconds) s from one to the next; \
    \(settings.manyRequestersUsers) or more users request one common name within \(settings.manyRequestersDays) days. \
    Instances without a user or a common name are in none of the last four. A row lists at most \
    \(FollowUp.listedIDs) IDs.
    """
  }
}

/// The cases of a cohort as the patterns over several instances see them: those with usable times that name a user and
/// have a common name, by common name.
struct PatternCases: Sendable {
  let store: CaseStore
  let settings: MetricSettings
  /// Whether definitions ask for approval, by their numbers.
  private let approving: [Bool]

  init(of cohort: Cohort) {
    store = cohort.cases ?? CaseStore()
    settings = cohort.plan.settings
    approving = store.marks(of: cohort.approvalDefinitions)
  }

  /// Whether a case ran under a definition that asks for approval; `nil` when it names none.
  func asksForApproval(_ record: CaseStore.Case) -> Bool? {
    record.definition < 0 ? nil : approving[Int(record.definition)]
  }

  /// What is found among the cases of each common name that has several, by start and reference id.
  func findings<Row: Sendable>(
    where mayHold: @Sendable (ArraySlice<CaseStore.Case>) -> Bool,
    find: @Sendable ([CaseStore.Case]) -> [Row]
  ) -> [Row] {
    store.byHolder.concurrentMap { part in
      part.runs { $0.holder.commonName == $1.holder.commonName }.flatMap { run -> [Row] in
        guard run.count > 1, mayHold(part[run]) else { return [] }
        return find(part[run].sorted { ($0.start, $0.referenceID) < ($1.start, $1.referenceID) })
      }
    }.flatMap(\.self)
  }
}
