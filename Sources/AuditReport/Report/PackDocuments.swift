package import AuditEvidence
import AuditFiles
package import AuditModel
package import AuditPlan

/// The documents of a pack that describe its report: what a run writes, and a verification computes again.
package struct PackDocuments {
  package var plan: AuditPlan
  package var report: ReportDocument
  package var acquisition: Acquisition
  package var window: Window
  package var asOf: AsOf

  /// Makes one from its parts.
  package init(
    plan: AuditPlan, report: ReportDocument, acquisition: Acquisition, window: Window, asOf: AsOf
  ) {
    self.plan = plan
    self.report = report
    self.acquisition = acquisition
    self.window = window
    self.asOf = asOf
  }

  /// evidence/inputs/options.json.
  package var options: OptionsDocument {
    OptionsDocument(
      toolVersion: ToolVersion.current, asked: .init(plan),
      found: .init(acquisition, window: window, asOf: asOf))
  }

  /// manifest.json over the pack's other files; what the report does not say is set afterwards.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func manifest(over files: [FileRecord]) throws -> ManifestDocument {
    ManifestDocument(
      of: report, metrics: plan.metrics,
      options: Digest.of(try JSONFile.bytes(OptionsDocument.Asked(plan))),
      pages: files.count { $0.path.begins(with: "\(PageFolder.inPack)/") }, files: files)
  }
}
