import AuditModel

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
