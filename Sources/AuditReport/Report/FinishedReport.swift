import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditPlan
package import AuditRender
package import SafeXLSX

/// A report, and what its files are made of: a run, a rendering, a re-performance and a merge all end in one.
package struct FinishedReport {
  /// Every figure and sentence.
  package let document: ReportDocument
  /// What the policy says of it; `nil` where no policy is asked.
  package let judgement: PolicyJudgement?
  /// The workbook, which has its rows already; `nil` where none was asked for.
  private let workbook: Workbook?
  /// The formats that were asked for.
  private let plan: AuditPlan

  /// Assembles a report whose rows are in the workbook, if there is one.
  package init(_ contents: ReportContents, of plan: AuditPlan, workbook: Workbook? = nil) {
    (document, judgement) = contents.assembled(by: plan)
    self.workbook = workbook
    self.plan = plan
  }

  /// Writes its files in the formats that were asked for, report.json beside the others.
  package func write(by template: ReportTemplate, into files: any ReportFiles) async throws {
    // It takes about as long as all the others.
    let (report, formats) = (document, plan.formats)
    async let json: Void = Self.writeJSON(report, formats, into: files)
    try Task.checkCancellation()
    let beside = PackFiles(plan.formats, isMerged: document.servers != nil)
    try Self.keep(ReadMe.render(document, beside: beside), in: files)
    if plan.formats.contains(.html) {
      try Self.keep(template.report.render(document, beside: beside), in: files)
    }
    if plan.formats.contains(.csv) { try await writeTables(into: files) }
    if plan.formats.contains(.junit) { try Self.keep(JUnitReport.render(document), in: files) }
    if plan.formats.contains(.markdown) {
      try Self.keep(MarkdownSummary.render(document), in: files)
    }
    if plan.formats.contains(.metrics) {
      try Self.keep(PrometheusMetrics.render(document), in: files)
    }
    try await json
    if plan.formats.contains(.oscal) { try writeAssessmentResults(into: files) }
    try Task.checkCancellation()
    try finish(workbook, in: files)
  }

  /// The files that it names are finished by then.
  private func writeAssessmentResults(into files: any ReportFiles) throws {
    let records = files.files
    try Self.keep(
      AssessmentResults.render(
        document, policy: plan.policy.map { Digest.of($0.bytes).hexadecimal },
        replacesPolicy: plan.replacesPolicy,
        digest: { path in records.first { $0.path == path }?.digest.hexadecimal }), in: files)
  }

  private func finish(_ workbook: Workbook?, in files: any ReportFiles) throws {
    guard let workbook, let asOf = Instant(rfc3339: document.cover.asOf) else { return }
    try TableSheets.write(document, to: workbook)
    try workbook.finish(created: asOf.milliseconds / 1000)
    try files.enterReserved(
      RowFiles.workbookPath,
      mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  }

  private static func writeJSON(
    _ document: ReportDocument, _ formats: Set<OutputFormat>, into files: any ReportFiles
  ) throws {
    if formats.contains(.json) { try keep(JSONReport.render(document), in: files) }
  }

  private func writeTables(into files: any ReportFiles) async throws {
    let isForExcel = plan.excel
    try await withThrowingTaskGroup { group in
      for table in try TableFile.all(of: document) {
        group.addTask {
          try Task.checkCancellation()
          let file = try files.create(table.path, mediaType: TableFile.mediaType)
          if isForExcel { try file.append(ByteOrderMark.utf8) }
          try table.write(file.append)
          try file.finish()
        }
      }
      // The first failure ends the others.
      for try await _ in group {}
    }
    try Self.keep(DataPackage.render(document), in: files)
  }

  private static func keep(_ artifact: Artifact, in files: any ReportFiles) throws {
    try files.write(artifact.bytes, to: artifact.path, mediaType: artifact.mediaType)
  }
}

extension PackFiles {
  /// What is written in some formats.
  package init(_ formats: Set<OutputFormat>, isMerged: Bool) {
    self.init(
      csv: formats.contains(.csv), ndjson: formats.contains(.ndjson),
      workbook: formats.contains(.xlsx), json: formats.contains(.json),
      page: formats.contains(.html), oscal: formats.contains(.oscal), isMerged: isMerged)
  }
}
