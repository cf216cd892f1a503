/// A file that observations rest on.
struct EvidenceFile {
  /// Where it lies, seen from assessment-results.json.
  var path: String
  /// Its media type.
  var mediaType: String
  /// What is in it.
  var description: String
  /// Its SHA-256; `nil` for a file that contains the digest of assessment-results.json or comes later.
  var sha256: String?

  /// The files with figures and rows.
  static let withFigures = [
    EvidenceFile(
      path: "report.json", mediaType: "application/json",
      description: "report.json: every figure, and what each check was evaluated from."),
    EvidenceFile(
      path: "instances.csv", mediaType: "text/csv",
      description: "instances.csv: every workflow instance, one a row."),
    EvidenceFile(
      path: "instances.ndjson", mediaType: "application/x-ndjson",
      description: "instances.ndjson: every workflow instance, one a line."),
  ]

  /// The files about the pack itself.
  static let ofPack = [
    EvidenceFile(
      path: "manifest.json", mediaType: "application/json",
      description:
        "manifest.json: what was asked, what came back, and the digest of every file."
    ),
    EvidenceFile(
      path: "evidence/journal.jsonl", mediaType: "application/x-ndjson",
      description:
        "evidence/journal.jsonl: the request log, with the digest of each response."),
  ]

  /// The same with its digest.
  func with(sha256: String) -> EvidenceFile {
    var file = self
    file.sha256 = sha256
    return file
  }

  /// What observations refer to.
  func resource(_ uuid: String) -> OSCAL.Resource {
    OSCAL.Resource(
      uuid: uuid, title: OSCAL.markup(path), description: OSCAL.markup(description),
      links: [
        OSCAL.Link(
          href: path, mediaType: mediaType, hashes: sha256.map { [OSCAL.Hash(value: $0)] })
      ])
  }
}
