/// One gate of a policy and how it was judged.
package struct GateDocument: Encodable, Sendable, Equatable {
  /// How a gate was judged.
  package enum Result: String, Encodable, Sendable {
    /// The figure, in every group that is judged, keeps its bounds.
    case passed
    /// A bound is broken, and no exception answers for it.
    case failed
    /// A bound is broken, and exceptions in force answer for all that breaks it.
    case excepted
    /// The report lacks the figure, or it rests on too few observations.
    case notJudged
  }

  /// The gate's id in the policy.
  package var id: String
  /// What it asks.
  package var title: String
  /// How bad a breach is.
  package var severity: String
  /// How it was judged.
  package var result: Result
  /// The figures it looked at.
  package var observed: String
  /// Why it was judged so.
  package var reason: String

  /// Describes a gate.
  package init(
    id: String, title: String, severity: String, result: Result, observed: String, reason: String
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.result = result
    self.observed = observed
    self.reason = reason
  }
}
