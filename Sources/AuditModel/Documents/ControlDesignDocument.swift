/// `controlDesign`: how approval is designed in the definitions that the instances ran under.
public struct ControlDesignDocument: Encodable, Sendable, Equatable {
  /// A step that asks for approval.
  public struct ApprovalStep: Encodable, Sendable, Equatable {
    /// Its name, unique within the definition.
    @ExplicitNull public var uniqueName: String?
    /// Its name for people.
    @ExplicitNull public var displayName: String?
    /// Whether it runs at all.
    public var enabled: Bool
    /// Whether it runs for some instances only.
    public var conditional: Bool
    /// What it waits for, and who may send it.
    public var signals: [DefinitionDesign.Signal]
    /// Its configuration as received.
    public var parameters: ReceivedJSON

    /// Describes an approval step of a definition.
    public init(_ step: DefinitionDesign.Step, _ approval: DefinitionDesign.Approval) {
      uniqueName = approval.uniqueName?.string
      displayName = approval.displayName?.string
      enabled = step.isEnabled ?? false
      conditional = step.isConditional
      signals = approval.signals
      parameters = approval.parameters
    }
  }

  /// A version of a definition that instances ran under.
  public struct Definition: Encodable, Sendable, Equatable {
    /// The definition's GUID; `null` for instances that name none.
    @ExplicitNull public var definitionId: String?
    /// The version's number.
    @ExplicitNull public var version: Int64?
    /// Its name: the server's, else that of the instances.
    @ExplicitNull public var name: String?
    /// Its workflow type, likewise.
    @ExplicitNull public var workflowType: String?
    /// Whether it was read.
    public var found = false
    /// Why it was not; `null` where it was.
    @ExplicitNull public var reason: String?
    /// The cohort's instances that ran under it.
    public var instances: Int
    /// Those of them that completed.
    public var complete: Int
    /// Its approval steps, in the server's order.
    public var approvalSteps: [ApprovalStep] = []
    /// The kinds of its other steps, in the server's order.
    public var otherSteps: [String] = []
    /// The digest of the body as received; `null` where there was none.
    @ExplicitNull public var sha256: String?
    /// The first usable start under it; not in report.json, metric `definitions` has it.
    public var firstStart: Instant?

    /// Whether it has an approval step that is enabled and has no conditions.
    var alwaysAsksForApproval: Bool {
      approvalSteps.contains { $0.enabled && !$0.conditional }
    }

    private enum CodingKeys: String, CodingKey {
      case definitionId, version, name, workflowType, found, reason, instances, complete
      case approvalSteps, otherSteps, sha256
    }

    /// Describes a version.
    public init(
      definitionId: String?, version: Int64?, instances: Int, complete: Int, firstStart: Instant?
    ) {
      self.definitionId = definitionId
      self.version = version
      self.instances = instances
      self.complete = complete
      self.firstStart = firstStart
    }
  }

  /// Instances of some versions.
  public struct Count: Encodable, Sendable, Equatable {
    /// All of them; `null` where no version was read.
    @ExplicitNull public var instances: Int?
    /// Those of them that completed.
    @ExplicitNull public var complete: Int?
  }

  /// Versions that were not read.
  public struct NotFound: Encodable, Sendable, Equatable {
    /// How many.
    public var definitions: Int
    /// The instances that ran under them.
    public var instances: Int
  }

  /// A difference between two versions of a definition.
  public struct Change: Encodable, Sendable, Equatable {
    /// What changed.
    public enum What: String, Encodable, Sendable, CaseIterable {
      /// An approval step is new, enabled or not.
      case approvalStepAdded
      /// An approval step is gone.
      case approvalStepRemoved
      /// An approval step runs again.
      case approvalStepEnabled
      /// An approval step no longer runs.
      case approvalStepDisabled
      /// An approval step runs for some instances only.
      case conditionAdded
      /// An approval step runs for all instances.
      case conditionRemoved
      /// Somebody may decide who could not.
      case rolesWidened
      /// Somebody may no longer decide.
      case rolesNarrowed
      /// The configuration of an approval step is another.
      case parametersChanged
    }

    /// The definition's GUID.
    public var definitionId: String
    /// The earlier version.
    public var from: Int64
    /// The later version.
    public var to: Int64
    /// What changed.
    public var what: What
    /// The approval step, by its unique name.
    @ExplicitNull public var step: String?
    /// When the later version was first used, RFC 3339 UTC; `null` where no start can be read.
    @ExplicitNull public var firstStart: String?

    /// Describes a change.
    public init(
      definitionId: String, from: Int64, to: Int64, what: What, step: String?, firstStart: String?
    ) {
      self.definitionId = definitionId
      self.from = from
      self.to = to
      self.what = what
      self.step = step
      self.firstStart = firstStart
    }
  }

  /// The version of the API that answered; `null` where none did.
  @ExplicitNull public var apiVersion: Int?
  /// Why the questions ended before their end; `null` where all were answered.
  @ExplicitNull public var refused: String?
  /// Every version that instances ran under, by id and version.
  public var definitions: [Definition]
  /// Instances of versions without an approval step that is enabled and has no conditions.
  public var withoutApproval: Count
  /// Versions that were not read, which are in no other count.
  public var notFound: NotFound
  /// What changed between consecutive versions that instances ran under.
  public var changes: [Change]

  /// Makes the metric.
  public init(
    apiVersion: Int?, refused: String?, definitions: [Definition], changes: [Change]
  ) {
    self.apiVersion = apiVersion
    self.refused = refused
    self.definitions = definitions
    self.changes = changes
    let read = definitions.filter(\.found)
    let without = read.filter { !$0.alwaysAsksForApproval }
    let isKnown = !read.isEmpty || definitions.isEmpty
    withoutApproval = Count(
      instances: isKnown ? without.reduce(0) { $0 + $1.instances } : nil,
      complete: isKnown ? without.reduce(0) { $0 + $1.complete } : nil)
    let unread = definitions.filter { !$0.found }
    notFound = NotFound(
      definitions: unread.count, instances: unread.reduce(0) { $0 + $1.instances })
  }
}
