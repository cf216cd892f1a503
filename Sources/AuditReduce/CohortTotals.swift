import AuditModel

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

  /// The display name of a definition: the one its newest instance bears.
  func name(of definition: Name?) -> Name? { names[definition]?.name }
}
