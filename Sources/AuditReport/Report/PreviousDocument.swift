package import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditReduce

/// evidence/inputs/previous.json: what a re-performance needs of the earlier pack.
package struct PreviousDocument: Codable, CountedDocument {
  /// A version of a workflow definition.
  package struct Version: Codable {
    /// The definition's GUID.
    @ExplicitNull package var id: String?
    /// The version's number.
    @ExplicitNull package var version: Int64?
  }

  /// Written `[referenceId, status, fingerprint]`.
  package struct Row: Codable {
    /// The row.
    package var row: EarlierPack.Row

    /// Makes one of a row.
    package init(_ row: EarlierPack.Row) {
      self.row = row
    }

    /// Reads a row from an array.
    package init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let referenceID = try container.decode(Int64.self)
      let status = Status(name: try container.decode(String.self)) ?? .unknown
      guard let content = Fingerprint(hexadecimal: try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "no row of an earlier pack")
      }
      row = EarlierPack.Row(referenceID: referenceID, status: status, content: content)
    }

    /// Writes a row as an array, since there may be a million.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(row.referenceID)
      try container.encode(row.status.name)
      try container.encode(row.content.hexadecimal)
    }
  }

  /// Its path within a pack.
  package static let path = "evidence/inputs/previous.json"

  /// The version of this document's shape.
  package var schemaVersion = 1
  /// The earlier pack's name.
  package var name: String
  /// The digest of its manifest.
  package var manifestSha256: String
  /// When its window begins, RFC 3339.
  package var from: String
  /// When its window ends, RFC 3339.
  package var to: String
  /// The versions of definitions that it has.
  package var versions: [Version]
  /// The wordings of titles that it did not recognise.
  package var unrecognisedTitles: [String]
  /// The failure categories that it has.
  package var failureClasses: [String]
  /// What its report said; `null` where it has no report.json.
  @ExplicitNull package var figures: [ReportedFigure]?
  /// Its instances that started in the window.
  package var rows: [Row]

  /// What is kept of an earlier pack.
  package init(_ earlier: EarlierPack, of pack: PreviousPack, figures: [ReportedFigure]?) {
    name = earlier.name
    from = earlier.from.description
    to = earlier.to.description
    self.figures = figures
    manifestSha256 = pack.manifestDigest.hexadecimal
    let nameless = Name("")
    versions = earlier.versions.sorted {
      ($0.id ?? nameless, $0.version ?? .min) < ($1.id ?? nameless, $1.version ?? .min)
    }.map { Version(id: $0.id?.string, version: $0.version) }
    unrecognisedTitles = earlier.unrecognisedTitles.sorted().map(\.string)
    failureClasses = earlier.failureClasses.sorted().map(\.string)
    rows = earlier.rows.map(Row.init)
  }

  /// The counts that no arithmetic may overflow with.
  package var boundedCounts: [(member: String, count: Int)] {
    (figures ?? []).flatMap { figure in
      [figure.value, figure.low, figure.high].compactMap { $0.map(\.magnitude) }.map {
        ("a value of \(figure.figure)", Int(exactly: $0.rounded()) ?? .max)
      } + [("n of \(figure.figure)", figure.n ?? 0)]
    }
  }

  /// The earlier pack that it describes.
  package func earlier() throws(PackError) -> EarlierPack {
    guard let from = Instant(rfc3339: from), let to = Instant(rfc3339: to), from <= to else {
      throw .unreadable(path: Self.path, reason: "its window has no readable ends.")
    }
    return EarlierPack(
      name: name, from: from, to: to, rows: rows.map(\.row),
      versions: Set(versions.map { .init(id: $0.id.map { Name($0) }, version: $0.version) }),
      unrecognisedTitles: Set(unrecognisedTitles.map { Name($0) }),
      failureClasses: Set(failureClasses.map { Name($0) }))
  }
}

/// An earlier pack, as far as a later run looks at it.
package struct PreviousPack: Sendable {
  /// What a manifest of any version has.
  private struct Manifest: Decodable {
    struct Source: Decodable {
      var server: String?
    }

    var window: WindowDocument
    var source: Source
  }

  /// Its folder's name.
  package var name: String { files.name }
  /// The server that it was read from; `nil` for saved pages.
  package let server: String?
  /// When its window begins.
  package let from: Instant
  /// When its window ends.
  package let to: Instant
  /// The digest of its manifest.
  package let manifestDigest: Digest
  private let files: StoredPack

  /// Reads the manifest of a pack.
  package init(at path: String) throws {
    files = try StoredPack(at: path)
    let bytes = try files.read("manifest.json", limit: FileLimit.manifest)
    let manifest: Manifest
    do {
      manifest = try JSONDocument.read(Manifest.self, from: bytes)
    } catch {
      throw PackError.unreadable(path: "\(path)/manifest.json", reason: error.description)
    }
    guard let window = manifest.window.range else {
      throw PackError.unreadable(
        path: "\(path)/manifest.json", reason: "its window has no ends that can be read.")
    }
    server = manifest.source.server
    (from, to) = (window.lowerBound, window.upperBound)
    manifestDigest = Digest.of(bytes)
  }

  /// What a population that started in a window is held against; without a window, all of it.
  package func rows(startedIn window: Window?) throws -> EarlierPack {
    var scan = RowScan(of: files.place, startedIn: window.map { $0.from..<$0.to })
    try files.readLines("instances.ndjson") { try scan.add($0) }
    return scan.earlier(name: name, in: from..<to)
  }

  /// What its report says; `nil` where it has no report.json.
  package func figures() throws -> [ReportedFigure]? {
    do {
      return try files.report()["metrics"].map(ReportFacts.figures)
    } catch let error as ArchiveError where !error.isUnreadable {
      return nil
    }
  }
}

extension StoredPack {
  /// Where the report for machines is.
  package static let reportPath = "report.json"

  /// report.json, whatever its shape.
  package func report() throws -> JSONValue {
    let bytes = try read(Self.reportPath, limit: FileLimit.document)
    do {
      return try JSONDocument.read(JSONValue.self, from: bytes)
    } catch {
      throw PackError.unreadable(path: "\(place)/\(Self.reportPath)", reason: error.description)
    }
  }
}

extension WindowDocument {
  /// The instants in it; `nil` where an end is not readable, or they are not in order.
  package var range: Range<Instant>? {
    guard let from = Instant(rfc3339: from), let to = Instant(rfc3339: to), from <= to else {
      return nil
    }
    return from..<to
  }
}
