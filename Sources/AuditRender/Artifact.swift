package import AuditModel
import FoundationEssentials

/// A finished file of a pack.
package struct Artifact: Sendable, Equatable {
  /// Where it lies inside the pack, `tables/users.csv`.
  package var path: String
  /// Its media type.
  package var mediaType: String
  /// Its content.
  package var bytes: [UInt8]

  /// Makes an artifact.
  package init(path: String, mediaType: String, bytes: [UInt8]) {
    self.path = path
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// `report.json`: every figure of the report.
package enum JSONReport {
  /// Encodes a report with sorted keys, so that the same figures give the same bytes.
  package static func render(_ report: ReportDocument) throws -> Artifact {
    try ControlTotals.check(report)
    return Artifact(
      path: "report.json", mediaType: "application/json",
      bytes: try JSONFile.bytes(of: report, named: "report.json"))
  }
}

extension JSONFile {
  /// The bytes of a document, or an error that names its file.
  static func bytes(of document: some Encodable, named file: String) throws(RenderError) -> [UInt8]
  {
    do {
      return try bytes(document)
    } catch {
      throw .notEncodable(file: file, reason: String(describing: error))
    }
  }
}
