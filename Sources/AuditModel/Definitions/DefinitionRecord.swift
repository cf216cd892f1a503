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
      self.bytes = bytes
      self.sha256 = sha256
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

/// What the server says of the definitions that a cohort ran under.
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

  /// A version of a definition; `nil` where it was not found, and where nobody asked.
  public func design(of definition: VersionedDefinition) -> DefinitionDesign? {
    records[definition]?.design
  }
}
