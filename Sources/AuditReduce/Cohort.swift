import AuditModel

/// What is known of a cohort when all its instances have been counted: what metrics share.
struct Cohort {
  let plan: ReductionPlan
  let context: ReportContext
  let totals: CohortTotals
  /// The instances by definition and version.
  let population: PopulationStore
  /// The times of each workflow type and definition; `nil` when no metric needs them.
  let turnaround: TurnaroundTable?
  /// Which definitions ask for approval.
  let approvalBearing: ApprovalBearing
  let users: UserStore
  /// `nil` when no metric needs it.
  let cases: CaseStore?
  /// What is found of each pattern; empty when no metric needs them.
  var patterns: [Pattern] = []
  /// The versions of its definitions.
  var versions: [DefinitionVersion] { population.versions(totals) }
  /// The approval-bearing definitions.
  var approvalDefinitions: Set<Name> { approvalBearing.definitions }
  /// The times of each workflow type, most instances first; empty when no metric needs them.
  var types: [TypeTimes] { turnaround?.types ?? [] }
  /// The cases by user and common name, sorted once for all, in parts that divide no group.
  var casesByHolder: ArraySlice<[CaseStore.Case]> { cases?.byHolder ?? [] }

  var asOf: Instant { context.asOf }
  var window: Window { context.window }
}

/// The counts of a cohort that several metrics divide by, so that each instance is counted once for all of them.
struct CohortTotals: Sendable {
  /// The whole cohort.
  private(set) var all = StatusTally()
  /// The cohort per workflow type.
  private(set) var byType: [Name?: StatusTally] = [:]
  /// The cohort per workflow type and definition, whatever its version.
  private(set) var byDefinition: [TypedDefinition: StatusTally] = [:]
  private var names: [Name?: NewestName] = [:]

  mutating func add(_ tally: StatusTally, of definition: TypedDefinition, named name: NewestName) {
    all.merge(tally)
    byType[definition.workflowType, default: StatusTally()].merge(tally)
    byDefinition[definition, default: StatusTally()].merge(tally)
    names[definition.id, default: NewestName()].merge(name)
  }

  /// The display name of a definition: that of its newest instance.
  func name(of definition: Name?) -> Name? { names[definition]?.name }

  /// The id of a definition with its display name.
  func cell(of definition: Name?) -> Cell {
    guard let definition else { return .missing(.none) }
    return name(of: definition).map { .named(definition.string, name: $0.string) }
      ?? .text(definition.string)
  }
}

/// One version of a definition that instances of the cohort ran under.
struct DefinitionVersion: Sendable {
  var workflowType: Name?
  var id: Name?
  var name: Name?
  var version: Int64?
  var instances: Int
  /// Those of them that completed.
  var complete: Int
  /// The first and the last usable start.
  var starts: ClosedRange<Instant>?

  /// The version, whatever the workflow type.
  var definition: VersionedDefinition { VersionedDefinition(id: id, version: version) }
}

/// A workflow definition under one workflow type: groups are never pooled across types.
struct TypedDefinition: Hashable, Sendable {
  var workflowType: Name?
  var id: Name?

  /// Leaves out whether there are names, which hardly tells definitions apart and takes as long as the names do.
  func hash(into hasher: inout Hasher) {
    workflowType?.hash(into: &hasher)
    id?.hash(into: &hasher)
  }
}

extension TypedDefinition {
  /// Names what the instances of a definition belong to.
  init(_ definition: Definition) {
    self.init(workflowType: definition.workflowType, id: definition.id)
  }
}

/// The counts and the times of one workflow type.
struct TypeTimes: Sendable {
  var workflowType: Name?
  var tally: StatusTally
  var times: SortedTimes
}

/// The name that the instance with the greatest reference id gives a group; instances that give none are passed over.
struct NewestName: Sendable {
  private(set) var name: Name?
  private var referenceID = Int64.min

  mutating func add(_ name: Name?, of referenceID: Int64) {
    guard let name, referenceID >= self.referenceID else { return }
    // Reference ids are unique in a cohort; the greater name keeps the law of order where they are not.
    if referenceID == self.referenceID, let known = self.name, known >= name { return }
    // Mostly the same object, of which no reference needs to be counted.
    if self.name !== name { self.name = name }
    self.referenceID = referenceID
  }

  mutating func merge(_ other: NewestName) {
    add(other.name, of: other.referenceID)
  }
}

/// The order of groups in tables: most instances first, then by names in code points, a missing name last.
struct GroupOrder {
  /// How many instances the group has.
  var count: Int
  /// What tells groups of the same size apart, the most telling first.
  var names: [Name?]

  func precedes(_ other: GroupOrder) -> Bool {
    if count != other.count { return count > other.count }
    for (name, otherName) in zip(names, other.names) where name != otherName {
      guard let name else { return false }
      guard let otherName else { return true }
      return name < otherName
    }
    return false
  }
}

extension Sequence {
  /// The groups in the order of tables.
  func inOrder(_ order: (Element) -> GroupOrder) -> [Element] {
    sorted { order($0).precedes(order($1)) }
  }
}

/// Which workflow definitions ask for approval: the one place that decides it.
///
/// A definition (an id, whatever its version) is approval-bearing when the configuration names it, or one of its versions
/// in the cohort asks for approval. Of a version that was read from the server, its approval steps decide: one that is
/// enabled, conditional or not. Of any other, its instances do: one shows "Awaiting # more approval(s)", "Workflow rejected
/// by user" or a RequireApproval step.
struct ApprovalBearing: Sendable, Equatable {
  /// The ids of the definitions.
  let definitions: Set<Name>

  /// Decides for a cohort.
  ///
  /// - Parameters:
  ///   - configured: The ids that the configuration names.
  ///   - used: The versions that the cohort's instances ran under.
  ///   - shown: Those of which some instance shows approval.
  ///   - design: What the server says; `nil` where it was not asked.
  init(
    configured: Set<Name>, used: some Sequence<VersionedDefinition>,
    shown: Set<VersionedDefinition>, design: ControlDesign?
  ) {
    let asking = used.filter { version in
      design?.design(of: version)?.asksForApproval ?? shown.contains(version)
    }
    definitions = configured.union(asking.compactMap(\.id))
  }

  /// Whether a definition asks for approval; an instance without one does not.
  func contains(_ definition: Name?) -> Bool { definition.map(definitions.contains) ?? false }
}

/// The versions of definitions whose instances show that they ask for approval.
struct ApprovalStore: Reducer {
  /// The versions.
  private(set) var shown: Set<VersionedDefinition> = []

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.showsApproval, let id = instance.definition.id else { return }
    shown.insert(VersionedDefinition(id: id, version: instance.definition.version))
  }

  mutating func merge(_ other: ApprovalStore) {
    shown.formUnion(other.shown)
  }
}
