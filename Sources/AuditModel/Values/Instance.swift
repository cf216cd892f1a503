/// One workflow instance, normalised: what every reducer and every renderer reads.
///
/// Texts that recur are ``Name``s; the others are slices of the text of the ``InstanceBatch`` it belongs to.
public struct Instance: Sendable {
  /// The integer id; unique, and rising with time.
  public var referenceID: Int64
  /// The GUID.
  public var id: InstanceID
  /// Where it stands.
  public var status: Status
  /// What stood for an unknown status: `unknown(7)` for an integer, any other text as received, `nil` for null.
  public var statusText: Name?
  /// What became of it.
  public var outcome: Outcome
  /// Why it failed; only of Failed ones.
  public var failureClass: FailureClass?
  /// What it ran under.
  public var definition: Definition
  /// Who started it; `nil` when the title does not say.
  public var user: User?
  /// What was asked for.
  public var action: Action
  /// Where it stands or ended.
  public var step: Step
  /// The step's GUID, in lower case; any other text as received.
  public var stepID: TextSlice?
  /// When it started.
  public var start: Instant?
  /// When it last moved.
  public var lastModified: Instant?
  /// "Awaiting 2 more approval(s)": how many.
  public var approvalsOutstanding: Int64?
  /// "Workflow rejected by user with Id 7": which.
  public var rejectedByID: Int64?
  /// Whether its message or its step shows that its definition asks for approval.
  public var showsApproval = false
  /// The title as received.
  public var title: TextSlice?
  /// The rule that read the title.
  public var titleRule: TitleRule
  /// The remainder of the title after the phrase.
  public var subject: TextSlice?
  /// The common name within the subject.
  public var commonName: TextSlice?
  /// The status message as received.
  public var statusMessage: TextSlice?
  /// What is odd about it.
  public var quality: DataQuality

  /// Makes an instance that says nothing but who it is and where it stands.
  public init(referenceID: Int64, id: InstanceID, status: Status) {
    self.referenceID = referenceID
    self.id = id
    self.status = status
    outcome = .unknown
    definition = .missing
    action = .other
    step = .missing
    titleRule = .unrecognised
    quality = []
  }

  /// Last modification minus start in milliseconds, of terminal and superseded instances; it may be negative.
  public var durationMilliseconds: Int64? {
    guard status.isTerminal || status.isSuperseded, let start, let lastModified else { return nil }
    return lastModified.milliseconds - start.milliseconds
  }

  /// Whether its times may enter time statistics.
  public var hasUsableTimes: Bool { quality.isDisjoint(with: .unusableTimes) }
}
