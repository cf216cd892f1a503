public import AuditModel

/// An earlier pack of the same server, as far as a cohort is held against it.
public struct EarlierPack: Sendable {
  /// One of its instances.
  public struct Row: Sendable {
    /// The integer id.
    public var referenceID: Int64
    /// Its status then.
    public var status: Status
    /// Everything that its line in instances.ndjson said before the data-quality flags, which depend on the as-of instant.
    public var content: Fingerprint

    /// Names a row.
    public init(referenceID: Int64, status: Status, content: Fingerprint) {
      self.referenceID = referenceID
      self.status = status
      self.content = content
    }
  }

  /// A version of a definition.
  public struct DefinitionVersion: Sendable, Hashable {
    /// The definition's GUID.
    public var id: Name?
    /// Its version.
    public var version: Int64?

    /// Names a version.
    public init(id: Name?, version: Int64?) {
      self.id = id
      self.version = version
    }
  }

  /// Its folder's name.
  public var name: String
  /// The first instant of its window.
  public var from: Instant
  /// The first instant after its window.
  public var to: Instant
  /// Its instances that started in the window, by reference id.
  public var rows: [Row]
  /// The definitions and versions that it has seen.
  public var versions: Set<DefinitionVersion>
  /// The titles that no rule read, as ``wording(of:)`` gives them.
  public var unrecognisedTitles: Set<Name>
  /// The names of the failure classes that it has seen.
  public var failureClasses: Set<Name>

  /// Names a pack; rows come ascending by reference id.
  public init(
    name: String, from: Instant, to: Instant, rows: [Row], versions: Set<DefinitionVersion>,
    unrecognisedTitles: Set<Name>, failureClasses: Set<Name>
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.rows = rows
    self.versions = versions
    self.unrecognisedTitles = unrecognisedTitles
    self.failureClasses = failureClasses
  }

  /// What a cohort without an earlier pack is held against.
  static let nothing = EarlierPack(
    name: "", from: .init(milliseconds: 0), to: .init(milliseconds: 0), rows: [], versions: [],
    unrecognisedTitles: [], failureClasses: [])

  /// A title as it is compared and shown: without what a terminal might obey, and cut to 200 code points.
  public static func wording(of title: String) -> Name {
    Name(TerminalText.clean(title, limit: 200))
  }

  /// Whether an instance that started then should be in it.
  func covers(_ start: Instant) -> Bool { from <= start && start < to }

  /// Where a reference id stands among the rows; `nil` when it does not.
  func index(of referenceID: Int64) -> Int? {
    let index = rows.partitioningIndex { $0.referenceID >= referenceID }
    return index < rows.count && rows[index].referenceID == referenceID ? index : nil
  }
}
