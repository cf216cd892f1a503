/// One gate of a policy and how it was judged.
public struct GateDocument: Encodable, Sendable, Equatable {
  /// How a gate was judged.
  public enum Result: String, Encodable, Sendable {
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
  public var id: String
  /// What it asks.
  public var title: String
  /// How bad a breach is.
  public var severity: String
  /// How it was judged.
  public var result: Result
  /// The figures it looked at.
  public var observed: String
  /// Why it was judged so.
  public var reason: String

  /// Describes a gate.
  public init(
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
