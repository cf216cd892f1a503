import AuditModel

/// The counts and the times of one workflow type.
struct TypeTimes: Sendable {
  var workflowType: Name?
  var tally: StatusTally
  var times: SortedTimes
}
