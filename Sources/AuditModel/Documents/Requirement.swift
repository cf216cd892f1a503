/// Something that readers of audit evidence ask for, and how much of it a report shows.
public struct Requirement: Encodable, Sendable, Equatable {
  /// How much of it a report shows.
  public enum State: String, Encodable, Sendable, CaseIterable {
    /// All of it.
    case shown
    /// A part; the text says which.
    case partly
    /// Nothing: it is not in the data that the report is made of.
    case notInData

    /// It as people read it.
    public var label: String {
      switch self {
      case .shown: "Shown"
      case .partly: "Partly"
      case .notInData: "Not in this data"
      }
    }
  }

  /// `R1` to `R16`.
  public var id: String
  /// What is asked for, in our words.
  public var title: String
  /// Where it is asked for.
  public var source: String
  /// How much of it the report shows.
  public var state: State
  /// The id of the section of the page that shows it; `null` where none does.
  @ExplicitNull public var section: String?
  /// What is shown and what is not, in a sentence or two.
  public var text: String

  /// States how much of a requirement is shown.
  public init(
    _ id: String, _ title: String, _ source: String, _ state: State, in section: String?,
    _ text: String
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.state = state
    self.section = section
    self.text = text
  }
}

/// What a metric knows of decisions from elsewhere, for what is said of the report as a whole.
package protocol DecisionEvidence: MetricResult {
  /// Finished instances that asked for approval.
  var required: Int { get }
  /// Those of the required ones that have a decision.
  var decided: Int { get }
  /// Those of the decided ones that their own requester decided.
  var ownDecisions: Int { get }
  /// Those of the decided ones whose requester is not known.
  var withoutUser: Int { get }
}
