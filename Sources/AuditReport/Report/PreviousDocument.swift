import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditReduce

/// evidence/inputs/previous.json: what a re-performance needs of the earlier pack.
package struct PreviousDocument: Codable, CountedDocument {
  package struct Version: Codable {
    @WrittenNull package var id: String?
    @WrittenNull package var version: Int64?
  }

  /// Written `[referenceId, status, fingerprint]`.
  package struct Row: Codable {
    package var row: EarlierPack.Row

    package init(_ row: EarlierPack.Row) {
      self.row = row
    }

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

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(row.referenceID)
      try container.encode(row.status.name)
      try container.encode(row.content.hexadecimal)
    }
  }

  /// Its path within a pack.
  package static let path = "evidence/inputs/previous.json"

  package var schemaVersion = 1
  package var name: String
  package var manifestSha256: String
  package var from: String
  package var to: String
  package var versions: [Version]
  package var unrecognisedTitles: [String]
  package var failureClasses: [String]
  /// What its report said; `null` where it has no report.json.
  @WrittenNull package var figures: [ReportedFigure]?
  /// Its instances that started in the window.
  package var rows: [Row]

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
