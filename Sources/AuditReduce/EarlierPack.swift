package import AuditModel

/// An earlier pack of the same server, as far as a cohort is held against it.
package struct EarlierPack: Sendable {
  /// One of its instances.
  package struct Row: Sendable {
    /// The integer id.
    package var referenceID: Int64
    /// Its status then.
    package var status: Status
    /// Everything that its line in instances.ndjson said before the data-quality flags, which depend on the as-of instant.
    package var content: Fingerprint

    /// Names a row.
    package init(referenceID: Int64, status: Status, content: Fingerprint) {
      self.referenceID = referenceID
      self.status = status
      self.content = content
    }
  }

  /// A version of a definition.
  package struct DefinitionVersion: Sendable, Hashable {
    /// The definition's GUID.
    package var id: Name?
    /// Its version.
    package var version: Int64?

    /// Names a version.
    package init(id: Name?, version: Int64?) {
      self.id = id
      self.version = version
    }
  }

  /// Its folder's name.
  package var name: String
  /// The first instant of its window.
  package var from: Instant
  /// The first instant after its window.
  package var to: Instant
  /// Its instances that started in the window, by reference id.
  package var rows: [Row]
  /// The definitions and versions that it has seen.
  package var versions: Set<DefinitionVersion>
  /// The titles that no rule read, as ``wording(of:)`` gives them.
  package var unrecognisedTitles: Set<Name>
  /// The names of the failure classes that it has seen.
  package var failureClasses: Set<Name>

  /// Names a pack; rows come ascending by reference id.
  package init(
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
  package static func wording(of title: String) -> Name {
    Name(TerminalText.sanitized(title, limit: 200))
  }

  /// Whether an instance that started then should be in it.
  func covers(_ start: Instant) -> Bool { from <= start && start < to }

  /// Where a reference id stands among the rows; `nil` when it does not.
  func index(of referenceID: Int64) -> Int? {
    let index = rows.partitioningIndex { $0.referenceID >= referenceID }
    return index < rows.count && rows[index].referenceID == referenceID ? index : nil
  }
}
