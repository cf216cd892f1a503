package import AuditModel
import FoundationEssentials
import SafeXLSX

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

/// A report that cannot be written.
package enum RenderError: AuditFailure, Equatable {
  /// Two counts of the same instances differ.
  case controlTotals(expected: Int, found: Int, place: String)
  /// A figure has no form in JSON; infinities have none.
  case notEncodable(file: String, reason: String)

  /// What is wrong, in a sentence.
  package var message: Message {
    switch self {
    case .controlTotals(let expected, let found, let place):
      Message(.contradictingReport, "\(expected)", place, "\(found)")
    case .notEncodable(let file, let reason): Message(.notEncodable, file, reason)
    }
  }
}

/// The sums that must agree before anything is printed: a report that contradicts itself is worse than none.
enum ControlTotals {
  static func check(_ report: ReportDocument) throws(RenderError) {
    let population = report.metrics.population
    for (place, sum) in population.sums where sum != population.instances {
      throw .controlTotals(expected: population.instances, found: sum, place: place)
    }
  }
}

extension WorkbookError: AuditFailure {
  /// What could not be written, and what to leave out.
  package var message: Message {
    switch self {
    case .outOfMemory: Message(.workbookWithoutMemory)
    case .refused(let file, let reason): Message(.workbookNotWritten, file, reason)
    }
  }
}
