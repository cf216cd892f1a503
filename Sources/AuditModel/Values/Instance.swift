/// One workflow instance, normalised: what every reducer and every renderer reads.
///
/// Texts that recur are ``Name``s; the others are slices of the text of the ``InstanceBatch`` it belongs to.
public struct Instance: Sendable {
  /// Its object in the page, braces included; empty where no page is at hand.
  public var received = TextSlice.empty
  /// The integer id; unique, and rising with time.
  public var referenceID: Int64
  /// The GUID.
  public var id: InstanceID
  /// Its status.
  public var status: Status
  /// An unknown status as sent: `unknown(7)` for an integer, any other text as received, `nil` for null.
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
  /// The step it is at, or ended at.
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

  /// Makes an instance with nothing but its ids and its status.
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
    status.milliseconds(from: start, to: lastModified)
  }

  /// Whether its times may enter time statistics.
  public var hasUsableTimes: Bool { quality.isDisjoint(with: .unusableTimes) }
}

/// The instances of one page, in the page's order, with the text they point into.
public struct InstanceBatch: Sendable {
  /// The page's bytes as received, followed by the texts that JSON wrote with escapes.
  public var text: [UInt8]
  /// The instances.
  public var instances: [Instance]
  /// How many instances carry each field that this version does not know.
  public var unknownFields: [Name: Int]

  /// Makes a batch.
  public init(text: [UInt8], instances: [Instance], unknownFields: [Name: Int] = [:]) {
    self.text = text
    self.instances = instances
    self.unknownFields = unknownFields
  }

  /// A text as a string.
  public func string(_ slice: TextSlice) -> String {
    String(decoding: text[slice.range], as: UTF8.self)
  }
}

/// The step an instance is at, or ended at; the instances of a shard share it, since there are few.
public final class Step: Sendable {
  /// The display name.
  public let name: Name?
  /// The name that is unique within the definition.
  public let uniqueName: Name?
  /// How many bytes its names have.
  public let length: Int
  /// Whether it is a built-in approval step.
  let asksForApproval: Bool

  /// Makes a step; everything may be missing.
  public init(name: Name?, uniqueName: Name?) {
    self.name = name
    self.uniqueName = uniqueName
    length = Name.length(of: name, uniqueName)
    asksForApproval = uniqueName?.bytes.starts(with: "RequireApproval".utf8) ?? false
  }

  /// The step of an instance that names none.
  static let missing = Step(name: nil, uniqueName: nil)
}

/// The workflow definition an instance ran under; the instances of a shard share it, since there are few.
public final class Definition: Sendable {
  /// The definition's GUID, lower case.
  public let id: Name?
  /// The display name.
  public let name: Name?
  /// The version of the definition when the instance started.
  public let version: Int64?
  /// `Enrollment`, `Revocation`, or any other type the server knows.
  public let workflowType: Name?
  /// How many bytes its names have.
  public let length: Int
  /// The action that the workflow type means.
  let action: Action?

  /// Makes a definition; everything may be missing.
  public init(id: Name?, name: Name?, version: Int64?, workflowType: Name?) {
    self.id = id
    self.name = name
    self.version = version
    self.workflowType = workflowType
    length = Name.length(of: id, name, workflowType)
    action =
      switch workflowType?.string {
      case "Enrollment": .enroll
      case "Revocation": .revoke
      default: nil
      }
  }

  /// The definition of an instance that names none.
  static let missing = Definition(id: nil, name: nil, version: nil, workflowType: nil)
}

/// Where a text lies in the text of its ``InstanceBatch``.
public struct TextSlice: Sendable, Hashable {
  /// The offset of the first byte.
  public var start: UInt32
  /// The number of bytes.
  public var count: UInt32

  /// Makes a slice.
  public init(start: Int, count: Int) {
    self.start = UInt32(start)
    self.count = UInt32(count)
  }

  /// No text.
  public static var empty: TextSlice { TextSlice(start: 0, count: 0) }

  /// The bytes' positions.
  public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// What the initiating user asked for.
public enum Action: String, Sendable, CaseIterable {
  /// A certificate is asked for.
  case enroll
  /// A certificate is revoked.
  case revoke
  /// The title is not recognised, and the workflow type is neither of the two.
  case other
}

/// The rule that read a title; one byte, as it is kept of every instance.
public struct TitleRule: Sendable, Hashable {
  /// From 0 in the order of ``allCases``.
  public let number: UInt8

  /// The title has ` is enrolling for a certificate with `.
  public static let enroll = TitleRule(number: 0)
  /// The title has ` is revoking certificate with `.
  public static let revoke = TitleRule(number: 1)
  /// The title has no phrase of any rule; it is counted and listed.
  public static let unrecognised = TitleRule(number: 2)
  /// How many rules the configuration can have.
  public static let mostConfigured = 100

  /// The title has the phrase of a rule of the configuration, which are numbered from 1.
  public static func configured(_ number: Int) -> TitleRule {
    TitleRule(number: unrecognised.number + UInt8(number))
  }

  /// The name in reports: `config:1` for the first of the configuration.
  public var name: String {
    switch self {
    case .enroll: "enroll"
    case .revoke: "revoke"
    case .unrecognised: "unrecognised"
    default: "config:\(number - Self.unrecognised.number)"
    }
  }
}

extension TitleRule: CaseIterable {
  /// Those that are built in, then those that the configuration can have.
  public static let allCases =
    [enroll, revoke, unrecognised] + (1...mostConfigured).map(configured)

  /// Those that there are when the configuration has so many.
  public static func cases(configured count: Int) -> ArraySlice<TitleRule> {
    allCases.prefix(3 + count)
  }
}

/// A version of a workflow definition, as instances name it.
public struct VersionedDefinition: Sendable, Hashable {
  /// The definition's id; `nil` where an instance names none.
  public var id: Name?
  /// The version's number; `nil` where an instance names none.
  public var version: Int64?

  /// Names a version.
  public init(id: Name?, version: Int64?) {
    self.id = id
    self.version = version
  }

  /// Whether it comes before another in documents: by id, then by version, those without one last.
  public func precedes(_ other: VersionedDefinition) -> Bool {
    if id != other.id {
      guard let id, let otherID = other.id else { return id != nil }
      return id < otherID
    }
    guard let version, let otherVersion = other.version else { return version != nil }
    return version < otherVersion
  }
}

extension Name {
  /// How many bytes some names have.
  static func length(of names: Name?...) -> Int { names.reduce(0) { $0 + ($1?.bytes.count ?? 0) } }

  /// Whether it is a GUID, as definitions and instances have.
  public var isGUID: Bool { InstanceID(string) != nil }
}
