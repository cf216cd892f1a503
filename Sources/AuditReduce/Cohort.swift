import AuditModel

/// What is known of a cohort when all its instances have been counted: what metrics share.
struct Cohort {
  let plan: ReductionPlan
  let circumstances: Circumstances
  let totals: CohortTotals
  /// The instances by definition and version.
  let population: PopulationStore
  /// The times of each workflow type and definition; `nil` when no metric needs them.
  let turnaround: TurnaroundTable?
  /// The approval-bearing definitions.
  let approvalDefinitions: Set<Name>
  let users: UserLedger
  /// `nil` when no metric needs it.
  let cases: CaseLedger?
  /// The versions of its definitions.
  var versions: [DefinitionVersion] { population.versions(totals) }
  /// The times of each workflow type, most instances first; empty when no metric needs them.
  var types: [TypeTimes] { turnaround?.types ?? [] }
  /// The cases by user and common name, sorted once for all.
  var casesByHolder: ArraySlice<CaseLedger.Case> { cases?.byHolder ?? [] }

  var asOf: Instant { circumstances.asOf }
  var window: Window { circumstances.window }
}
