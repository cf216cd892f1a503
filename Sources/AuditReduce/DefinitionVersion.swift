import AuditModel

/// One version of a definition that instances of the cohort ran under.
struct DefinitionVersion: Sendable {
  var workflowType: Name?
  var id: Name?
  var name: Name?
  var version: Int64?
  var instances: Int
  /// The first and the last usable start.
  var starts: ClosedRange<Instant>?
}
