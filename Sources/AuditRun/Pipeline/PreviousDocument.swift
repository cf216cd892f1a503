import AuditEvidence
import AuditModel
import AuditReduce

/// evidence/inputs/previous.json: what a re-performance needs of the earlier pack.
struct PreviousDocument: Encodable {
  struct Version: Encodable {
    @WrittenNull var id: String?
    @WrittenNull var version: Int64?
  }

  /// Written `[referenceId, status, fingerprint]`.
  struct Row: Encodable {
    var row: EarlierPack.Row

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(row.referenceID)
      try container.encode(row.status.name)
      try container.encode(row.content.hexadecimal)
    }
  }

  var schemaVersion = 1
  var name: String
  var manifestSha256: String
  var versions: [Version]
  var unrecognisedTitles: [String]
  /// Its instances that started in the window.
  var rows: [Row]

  init(_ earlier: EarlierPack, of pack: PreviousPack) {
    name = earlier.name
    manifestSha256 = pack.manifestDigest.hexadecimal
    versions = earlier.versions.sorted {
      ($0.id ?? "", $0.version ?? .min) < ($1.id ?? "", $1.version ?? .min)
    }.map { Version(id: $0.id, version: $0.version) }
    unrecognisedTitles = earlier.unrecognisedTitles.sorted()
    rows = earlier.rows.map(Row.init)
  }
}
