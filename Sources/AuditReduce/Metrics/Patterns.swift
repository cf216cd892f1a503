import AuditModel

/// The patterns of `indicators` that take several instances, each in a file of its own, and their words.
struct Patterns {
  private let settings: MetricSettings
  private var refusals: [RefusedThenObtained] = []
  private var bypasses: [ApprovalBypass] = []
  private var batches: [BatchEnds] = []
  private var requesters: [ManyRequesters] = []

  /// Looks for them.
  init(_ cohort: Cohort) {
    settings = cohort.plan.settings
    guard let store = cohort.cases else { return }
    let cases = PatternCases(store, of: cohort)
    refusals = RefusedThenObtained.found(among: cases, users: cohort.users)
    bypasses = ApprovalBypass.found(among: cases)
    batches = BatchEnds.found(among: cases)
    requesters = ManyRequesters.found(among: cases)
  }

  /// What was found, a sentence each.
  var sentences: [Sentence] {
    var sentences: [Sentence] = []
    if !refusals.isEmpty {
      sentences.append(
        """
        \(Counted(refusals.count, "rejected request").start) \(Counted(refusals.count, "").pastVerb) followed by a \
        certificate for the same name within \(days(settings.refusedThenObtainedDays)).
        """)
    }
    if !bypasses.isEmpty {
      sentences.append(
        """
        \(Counted(bypasses.count, "certificate").start) \(Counted(bypasses.count, "").pastVerb) issued without approval \
        for a name that needed approval before.
        """)
    }
    if !batches.isEmpty {
      sentences.append(
        """
        \(Counted(batches.count, "run").start) of \(String(settings.batchEndsInstances)) or more requests with approval \
        completed with at most \(String(settings.batchEndsGapSeconds)) s from one to the next.
        """)
    }
    if !requesters.isEmpty {
      sentences.append(
        """
        \(Counted(requesters.count, "common name").start) \(Counted(requesters.count, "").pastVerb) requested by \
        \(String(settings.manyRequestersUsers)) or more users within \(days(settings.manyRequestersDays)).
        """)
    }
    return sentences
  }

  private func days(_ number: Int64) -> String { Counted(Int(number), "day").phrase }

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

  /// How much of each was found.
  var figures: [Figure] {
    [
      Figure(
        "refused_then_obtained", "Rejected, then issued", .count, about: "Rejections.",
        .count(refusals.count)),
      Figure(
        "approval_bypass", "Issued past approval", .count, about: "Instances.",
        .count(bypasses.count)),
      Figure(
        "batch_ends", "Batches", .count, about: "Runs of requests that completed in succession.",
        .count(batches.count)),
      Figure(
        "many_requesters", "Names with many users", .count, about: "Common names.",
        .count(requesters.count)),
    ]
  }

  /// The rows of each.
  func tables(_ totals: CohortTotals) -> [MetricTable] {
    [
      RefusedThenObtained.table(refusals, totals), ApprovalBypass.table(bypasses, totals),
      BatchEnds.table(batches), ManyRequesters.table(requesters),
    ]
  }

  /// What was not found.
  var nothingFound: [String] {
    (refusals.isEmpty ? ["rejections followed by a certificate"] : [])
      + (bypasses.isEmpty ? ["certificates issued past approval"] : [])
      + (batches.isEmpty ? ["batches of approvals"] : [])
      + (requesters.isEmpty ? ["names with many requesters"] : [])
  }
}

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
