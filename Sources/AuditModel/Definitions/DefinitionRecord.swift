/// One version of a definition that was asked for, and what came of it: `evidence/definitions/<id>.v<N>.json`.
public struct DefinitionRecord: Sendable, Equatable {
  /// What was read.
  public enum Outcome: Sendable, Equatable {
    /// The definition.
    case found(DefinitionDesign)
    /// Nothing that could be used, and why, in a few words without a full stop.
    case notFound(reason: String)
  }

  /// The response's body, which is not kept.
  public struct Body: Sendable, Equatable {
    /// Its size in bytes.
    public var bytes: Int
    /// Its SHA-256, lower-case hexadecimal.
    public var sha256: String

    /// Describes a body.
    public init(bytes: Int, sha256: String) {
      (self.bytes, self.sha256) = (bytes, sha256)
    }
  }

  /// The numbers of versions that the server's API takes.
  public static let versions: ClosedRange<Int64> = 0...Int64(Int32.max)
  /// The folder of these files within a pack.
  public static let folder = "evidence/definitions"

  /// The definition's id, a GUID in lower case.
  public var id: Name
  /// The version's number.
  public var version: Int64
  /// The version of the API that answered.
  public var apiVersion: Int
  /// What was answered last.
  public var body: Body
  /// What was read.
  public var outcome: Outcome

  /// Describes an answer.
  public init(id: Name, version: Int64, apiVersion: Int, body: Body, outcome: Outcome) {
    self.id = id
    self.version = version
    self.apiVersion = apiVersion
    self.body = body
    self.outcome = outcome
  }

  /// Which version it is about.
  public var definition: VersionedDefinition { VersionedDefinition(id: id, version: version) }

  /// The file's name.
  public var fileName: String { "\(id).v\(version).json" }

  /// The definition; `nil` where none was found.
  public var design: DefinitionDesign? {
    if case .found(let design) = outcome { design } else { nil }
  }
}

/// What the server answered about the definitions that a cohort ran under.
public struct ControlDesign: Sendable, Equatable {
  /// The version of the API that answered; `nil` where none did.
  public var apiVersion: Int?
  /// Why the questions ended before their end, a sentence; `nil` where all were answered.
  public var refused: String?
  /// What was answered, by version.
  public var records: [VersionedDefinition: DefinitionRecord]

  /// Makes one of answers.
  public init(apiVersion: Int? = nil, refused: String? = nil, records: [DefinitionRecord] = []) {
    self.apiVersion = apiVersion
    self.refused = refused
    self.records = Dictionary(records.map { ($0.definition, $0) }) { $1 }
  }

  /// A version of a definition; `nil` where it was not found or not asked for.
  public func design(of definition: VersionedDefinition) -> DefinitionDesign? {
    records[definition]?.design
  }
}

extension DefinitionRecord {
  /// The version of the file's shape.
  private static let schemaVersion = 1

  /// Reads the file as ``encode(to:)`` writes it.
  ///
  /// - Throws: why it is not such a file.
  public init(reading bytes: [UInt8]) throws(DefinitionError) {
    let file: ReceivedJSON
    do {
      file = try ReceivedJSON(reading: bytes)
    } catch {
      throw DefinitionError("it is not JSON, as byte \(error.byte) shows")
    }
    guard try file.member("schemaVersion")?.integer == Int64(Self.schemaVersion) else {
      throw DefinitionError("it has another schemaVersion than \(Self.schemaVersion)")
    }
    guard let id = try file.text("definitionId"),
      InstanceID(id.string).map({ Name($0.description) }) == id,
      let version = try file.member("version")?.integer,
      let api = try file.member("apiVersion")?.integer, 1...2 ~= api,
      let size = try file.member("bytes")?.integer, let bytes = Int(exactly: size), bytes >= 0,
      let digest = try file.text("sha256")
    else { throw DefinitionError("it does not name its definition and its body") }
    self.init(
      id: id, version: version, apiVersion: Int(api),
      body: .init(bytes: bytes, sha256: digest.string), outcome: try Self.outcome(file))
  }

  private static func outcome(_ file: ReceivedJSON) throws(DefinitionError) -> Outcome {
    guard try file.member("found")?.flag == true else {
      return .notFound(reason: try file.text("reason")?.string ?? "no reason is given")
    }
    var steps: [DefinitionDesign.Step] = []
    for step in try file.list("steps") { steps.append(try self.step(step)) }
    return .found(
      DefinitionDesign(
        name: try file.text("displayName"), workflowType: try file.text("workflowType"),
        steps: steps))
  }

  private static func step(
    _ step: ReceivedJSON
  ) throws(DefinitionError) -> DefinitionDesign.Step {
    guard let kind = try step.text("extensionName"),
      let isConditional = try step.member("conditional")?.flag
    else { throw DefinitionError("a step has no kind") }
    var read = DefinitionDesign.Step(
      extensionName: kind, isEnabled: try step.member("enabled")?.flag,
      isConditional: isConditional)
    guard kind == DefinitionDesign.approvalExtension else { return read }
    guard read.isEnabled != nil else { throw DefinitionError("an approval step lacks a member") }
    var signals: [DefinitionDesign.Signal] = []
    for signal in try step.list("signals") {
      var roles: [DefinitionDesign.Role] = []
      for role in try signal.list("roles") {
        guard let id = try role.member("id")?.integer else {
          throw DefinitionError("a role has no number")
        }
        roles.append(.init(id: id, name: try role.text("name")))
      }
      var tokens: [Name] = []
      for case .text(let token) in try signal.list("roleTokens") { tokens.append(token) }
      signals.append(.init(name: try signal.text("name"), roles: roles, roleTokens: tokens))
    }
    read.approval = .init(
      uniqueName: try step.text("uniqueName"), displayName: try step.text("displayName"),
      signals: signals, parameters: try step.member("parameters") ?? .null)
    return read
  }
}

extension DefinitionRecord: Encodable {
  /// Writes the file.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "schemaVersion": Self.schemaVersion, "definitionId": id, "version": version,
      "apiVersion": apiVersion, "bytes": body.bytes, "sha256": body.sha256,
    ])
    switch outcome {
    case .notFound(let reason):
      try encoder.encode(members: ["found": false, "reason": reason])
    case .found(let design):
      try encoder.encode(members: [
        "found": true, "displayName": design.name, "workflowType": design.workflowType,
        "steps": design.steps,
      ])
    }
  }
}

extension DefinitionDesign.Step: Encodable {
  /// Writes the kind of a step, and of an approval step all that is kept.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "extensionName": extensionName, "enabled": isEnabled, "conditional": isConditional,
    ])
    guard let approval else { return }
    try encoder.encode(members: [
      "uniqueName": approval.uniqueName, "displayName": approval.displayName,
      "signals": approval.signals, "parameters": approval.parameters,
    ])
  }
}
