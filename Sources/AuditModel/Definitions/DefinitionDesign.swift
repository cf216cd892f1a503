/// What is kept of a workflow definition's version: its approval steps, and of the other steps hardly more than the kind.
///
/// Parameters, scripts, headers, outputs and conditions of other steps hold secrets, and are nowhere in it.
public struct DefinitionDesign: Sendable, Equatable {
  /// Who may send a signal.
  public struct Role: Sendable, Equatable {
    /// The role's number at the server.
    public var id: Int64
    /// Its name; `nil` where the server gives only numbers, as version 1 of its API does.
    public var name: Name?

    /// Describes a role.
    public init(id: Int64, name: Name?) {
      self.id = id
      self.name = name
    }
  }

  /// What a step waits for.
  public struct Signal: Sendable, Equatable {
    /// Its name.
    public var name: Name?
    /// The roles that may send it.
    public var roles: [Role]
    /// Tokens that the server turns into roles when an instance runs.
    public var roleTokens: [Name]

    /// Describes a signal.
    public init(name: Name?, roles: [Role], roleTokens: [Name]) {
      self.name = name
      self.roles = roles
      self.roleTokens = roleTokens
    }
  }

  /// What only approval steps have.
  public struct Approval: Sendable, Equatable {
    /// The step's name, unique within the definition.
    public var uniqueName: Name?
    /// Its name for people.
    public var displayName: Name?
    /// What it waits for.
    public var signals: [Signal]
    /// Its configuration as received.
    public var parameters: ReceivedJSON

    /// Describes an approval step.
    public init(
      uniqueName: Name?, displayName: Name?, signals: [Signal], parameters: ReceivedJSON
    ) {
      self.uniqueName = uniqueName
      self.displayName = displayName
      self.signals = signals
      self.parameters = parameters
    }
  }

  /// A step.
  public struct Step: Sendable, Equatable {
    /// What kind of step it is.
    public var extensionName: Name
    /// Whether it runs at all; `nil` where the server does not say so of a step that is no approval step.
    public var isEnabled: Bool?
    /// Whether it has conditions, so that it runs for some instances only.
    public var isConditional: Bool
    /// What only an approval step has; `nil` for other steps.
    public var approval: Approval?

    /// Describes a step.
    public init(
      extensionName: Name, isEnabled: Bool?, isConditional: Bool, approval: Approval? = nil
    ) {
      self.extensionName = extensionName
      self.isEnabled = isEnabled
      self.isConditional = isConditional
      self.approval = approval
    }
  }

  /// The kind of step that asks for approval.
  public static let approvalExtension = Name("RequireApproval")

  /// The definition's name.
  public var name: Name?
  /// What it is about.
  public var workflowType: Name?
  /// Its steps, in the server's order.
  public var steps: [Step]

  /// Describes a definition.
  public init(name: Name?, workflowType: Name?, steps: [Step]) {
    self.name = name
    self.workflowType = workflowType
    self.steps = steps
  }

  /// Its approval steps, in the server's order.
  public var approvalSteps: [(step: Step, approval: Approval)] {
    steps.compactMap { step in step.approval.map { (step, $0) } }
  }

  /// Whether some instances are asked for approval: it has an approval step that is enabled, conditional or not.
  public var asksForApproval: Bool { approvalSteps.contains { $0.step.isEnabled == true } }

  /// Whether every instance is asked for approval: it has an approval step that is enabled and has no conditions.
  public var alwaysAsksForApproval: Bool {
    approvalSteps.contains { $0.step.isEnabled == true && !$0.step.isConditional }
  }
}
