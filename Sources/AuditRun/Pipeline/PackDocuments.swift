import AuditEvidence
import AuditModel

/// The documents of a pack that describe its report: what a run writes, and a verification computes again.
struct PackDocuments {
  var plan: AuditPlan
  var report: ReportDocument
  var acquisition: Acquisition
  var window: Window
  var asOf: AsOf

  /// evidence/inputs/options.json.
  var options: OptionsDocument {
    OptionsDocument(
      toolVersion: ToolVersion.current, asked: .init(plan),
      found: .init(acquisition, window: window, asOf: asOf))
  }

  /// manifest.json over the pack's other files; what the report does not say is set afterwards.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  func manifest(over files: [FileRecord]) throws -> ManifestDocument {
    ManifestDocument(
      of: report, metrics: plan.metrics,
      options: Digest.of(try JSONFile.bytes(OptionsDocument.Asked(plan))),
      pages: files.count { $0.path.begins(with: "\(PackPages.folder)/") }, files: files)
  }
}
