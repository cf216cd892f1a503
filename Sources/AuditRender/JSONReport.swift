package import AuditModel
import FoundationEssentials

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
