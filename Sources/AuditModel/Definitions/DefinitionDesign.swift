/// What is kept of a workflow definition's version: its approval steps, and of the other steps hardly more than the kind.
///
/// Parameters, scripts, headers, outputs and conditions of other steps hold secrets, and are nowhere in it.
public struct DefinitionDesign: Sendable, Equatable {
  /// Who may send a signal.
  public struct Role: Encodable, Sendable, Equatable {
    /// The role's number at the server.
    public var id: Int64
    /// Its name; `nil` where the server gives only numbers, as version 1 of its API does.
    @ExplicitNull public var name: Name?

    /// Describes a role.
    public init(id: Int64, name: Name?) {
      (self.id, self.name) = (id, name)
    }
  }

  /// What a step waits for.
  public struct Signal: Encodable, Sendable, Equatable {
    /// Its name.
    @ExplicitNull public var name: Name?
    /// The roles that may send it.
    public var roles: [Role]
    /// Tokens that the server turns into roles when an instance runs.
    public var roleTokens: [Name]

    /// Describes a signal.
    public init(name: Name?, roles: [Role], roleTokens: [Name]) {
      (self.name, self.roles, self.roleTokens) = (name, roles, roleTokens)
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
    /// Whether it runs at all; `nil` where the server does not say, for other than approval steps.
    public var isEnabled: Bool?
    /// Whether it has conditions, so that it runs for some instances only.
    public var isConditional: Bool
    /// What only an approval step has; `nil` for other steps.
    public var approval: Approval?
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
    (self.name, self.workflowType, self.steps) = (name, workflowType, steps)
  }

  /// Its approval steps, in the server's order.
  public var approvalSteps: [(step: Step, approval: Approval)] {
    steps.compactMap { step in step.approval.map { (step, $0) } }
  }

  /// Whether some instances are asked for approval: it has an approval step that is enabled, conditional or not.
  public var asksForApproval: Bool { approvalSteps.contains { $0.step.isEnabled == true } }
}

/// Why a definition cannot be used, in a few words without a full stop and with nothing of the definition in them.
public struct DefinitionError: Error, Equatable {
  /// The words.
  public let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

/// Reads the server's answer about a workflow definition: version 1 and version 2 of its API.
///
/// Only what ``DefinitionDesign`` keeps leaves this type; the rest of the body may hold secrets.
public enum DefinitionReader {
  /// The longest body that is read, in bytes: scripts within a definition are much shorter.
  public static let largestBody = 4 << 20

  /// What may be kept of a body as received, which must be about the definition that was asked for.
  public static func design(
    of body: [UInt8], id: InstanceID
  ) throws(DefinitionError) -> DefinitionDesign {
    guard body.count <= largestBody else {
      throw DefinitionError("the definition is longer than \(largestBody >> 20) MiB")
    }
    let definition = try value(of: body)
    guard case .object = definition else { throw DefinitionError("its body is not an object") }
    let own = try definition.text("Id").map { InstanceID($0.string) }
    guard own == nil || own == id else {
      throw DefinitionError("its body is about another definition")
    }
    guard case .array(let steps)? = try definition.member("Steps") else {
      throw DefinitionError("its body has no list of steps")
    }
    var read: [DefinitionDesign.Step] = []
    for (index, step) in steps.enumerated() {
      do {
        read.append(try self.step(step))
      } catch {
        throw DefinitionError("step \(index + 1): \(error.reason)")
      }
    }
    return DefinitionDesign(
      name: try definition.text("DisplayName"), workflowType: try definition.text("WorkflowType"),
      steps: read)
  }

  private static func value(of body: [UInt8]) throws(DefinitionError) -> ReceivedJSON {
    do {
      return try ReceivedJSON(reading: body)
    } catch {
      throw DefinitionError("its body is not JSON, as byte \(error.byte) shows")
    }
  }

  private static func step(
    _ step: ReceivedJSON
  ) throws(DefinitionError) -> DefinitionDesign.Step {
    guard let kind = try step.text("ExtensionName") else {
      throw DefinitionError("it has no extension name")
    }
    let isEnabled: Bool? =
      if case .boolean(let flag)? = try step.member("Enabled") { flag } else { nil }
    let conditions = try step.list("Conditions")
    guard kind == DefinitionDesign.approvalExtension else {
      return .init(extensionName: kind, isEnabled: isEnabled, isConditional: !conditions.isEmpty)
    }
    guard let isEnabled else {
      throw DefinitionError("the approval step does not say whether it is enabled")
    }
    var signals: [DefinitionDesign.Signal] = []
    for signal in try step.list("Signals") { signals.append(try self.signal(signal)) }
    return .init(
      extensionName: kind, isEnabled: isEnabled, isConditional: !conditions.isEmpty,
      approval: .init(
        uniqueName: try step.text("UniqueName"), displayName: try step.text("DisplayName"),
        signals: signals, parameters: try step.member("ConfigurationParameters") ?? .null))
  }

  private static func signal(
    _ signal: ReceivedJSON
  ) throws(DefinitionError) -> DefinitionDesign.Signal {
    var roles: [DefinitionDesign.Role] = []
    for role in try signal.list("Roles") {
      guard let id = try role.member("RoleId")?.integer else {
        throw DefinitionError("a role has no number")
      }
      roles.append(.init(id: id, name: try role.text("RoleName")))
    }
    for role in try signal.list("RoleIds") {
      guard let id = role.integer else { throw DefinitionError("a role's number is not a number") }
      roles.append(.init(id: id, name: nil))
    }
    var tokens: [Name] = []
    for token in try signal.list("RoleTokens") {
      guard case .text(let text) = token else {
        throw DefinitionError("a role token is not a text")
      }
      tokens.append(text)
    }
    return .init(name: try signal.text("SignalName"), roles: roles, roleTokens: tokens)
  }
}

extension ReceivedJSON {
  /// A member that is a text; `nil` where it is missing or `null`.
  func text(_ name: StaticString) throws(DefinitionError) -> Name? {
    switch try member(name) {
    case .text(let text)?: return text
    case .null?, nil: return nil
    default: throw DefinitionError("its member \(name) is not a text")
    }
  }

  /// A member that is a list; empty where it is missing or `null`.
  func list(_ name: StaticString) throws(DefinitionError) -> [ReceivedJSON] {
    switch try member(name) {
    case .array(let values)?: return values
    case .null?, nil: return []
    default: throw DefinitionError("its member \(name) is not a list")
    }
  }

  /// A whole number of 64 bits; `nil` for anything else.
  var integer: Int64? {
    guard case .number(let digits) = self else { return nil }
    let bytes = digits.bytes
    return ExactInteger.value(of: bytes.span)
  }

  /// A flag; `nil` for anything else.
  var flag: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
}
