package import AuditFiles
package import AuditModel
package import AuditPlan
package import AuditRender
package import SafeXLSX

/// Writes the files of a report in the formats that were asked for, report.json beside the others.
package struct ReportWriter: Sendable {
  package let plan: AuditPlan
  /// The page, its template checked.
  package let page: HTMLReport

  /// Makes one from its parts.
  package init(plan: AuditPlan, page: HTMLReport) {
    self.plan = plan
    self.page = page
  }

  /// Writes a report; a workbook holds its rows already.
  package func write(
    _ report: ReportDocument, _ workbook: Workbook?, asOf: Instant, into files: any ReportFiles
  ) async throws {
    // It takes about as long as all the others.
    async let json: Void = writeJSON(report, into: files)
    try Task.checkCancellation()
    if plan.formats.contains(.html) {
      let beside = PackFiles(plan.formats, isMerged: report.servers != nil)
      try keep(page.render(report, beside: beside), in: files)
    }
    if plan.formats.contains(.csv) { try writeTables(of: report, into: files) }
    if plan.formats.contains(.junit) { try keep(JUnitReport.render(report), in: files) }
    if plan.formats.contains(.markdown) { try keep(MarkdownSummary.render(report), in: files) }
    if plan.formats.contains(.metrics) { try keep(PrometheusMetrics.render(report), in: files) }
    try await json
    try Task.checkCancellation()
    guard let workbook else { return }
    try TableSheets.write(report, to: workbook)
    try workbook.finish(created: asOf.milliseconds / 1000)
    try files.enterReserved(
      RowFiles.workbookPath,
      mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  }

  private func writeJSON(_ report: ReportDocument, into files: any ReportFiles) throws {
    if plan.formats.contains(.json) { try keep(JSONReport.render(report), in: files) }
  }

  private func writeTables(of report: ReportDocument, into files: any ReportFiles) throws {
    for table in try TableFile.all(of: report) {
      try Task.checkCancellation()
      let file = try files.create(table.path, mediaType: TableFile.mediaType)
      if plan.excel { try file.append(ByteOrderMark.utf8) }
      try table.write(file.append)
      try file.finish()
    }
    try keep(DataPackage.render(report), in: files)
  }

  private func keep(_ artifact: Artifact, in files: any ReportFiles) throws {
    try files.write(artifact.bytes, to: artifact.path, mediaType: artifact.mediaType)
  }
}

extension PackFiles {
  /// What is written in some formats.
  package init(_ formats: Set<OutputFormat>, isMerged: Bool) {
    self.init(
      csv: formats.contains(.csv), ndjson: formats.contains(.ndjson),
      workbook: formats.contains(.xlsx), json: formats.contains(.json), isMerged: isMerged)
  }
}
