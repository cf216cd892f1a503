package import AuditModel

/// What ends a part of a cohort that has an as-of instant of its own, before parts with others are merged with it.
package struct Settlement: Sendable {
  /// Open instances of the part were watched until then.
  package var asOf: Instant
  /// Open instances of the part that started before it have ended since.
  ///
  /// A later read of the same server asked for those that were open, and they were not among them; `nil` when none asked.
  package var endedBefore: Instant?
  /// But for these, by reference id.
  package var stillOpen: Set<Int64>

  /// Names the circumstances.
  package init(asOf: Instant, endedBefore: Instant? = nil, stillOpen: Set<Int64> = []) {
    self.asOf = asOf
    self.endedBefore = endedBefore
    self.stillOpen = stillOpen
  }
}
