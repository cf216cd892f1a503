import AuditModel
import SafeXML

/// Rejected instances per user, definition and step.
struct RejectionRatesSection: ReportSection {
  let rates: RejectionRatesDocument
  let limit: Int
  let files: PackFiles

  var id: StaticString { "rejection-rates" }
  var title: String { "Rejections" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph(
      "\(Readable.count(rates.rejected)) of \(Readable.count(rates.terminal, "instance")) that ended "
        + "were rejected. A rejection is a decision, not a fault.")
    writer.note(
      files.words(
        "Ranked like failures. These tables pool workflow types. The rows: status Rejected in instances.csv, by user, "
          + "definition_id and step_unique_name."))
    table("rejections-users", "Rejections by user", RateColumns.user, rates.byUser, &writer)
    table(
      "rejections-definitions", "Rejections by definition", RateColumns.definitionName,
      rates.byDefinition, &writer)
    table("rejections-steps", "Rejections by step", RateColumns.stepName, rates.byStep, &writer)
  }

  private func table(
    _ id: StaticString, _ caption: String, _ key: Column<GroupRateDocument>,
    _ rows: [GroupRateDocument], _ writer: inout MarkupWriter
  ) {
    RateTable(
      id: id, caption: caption, keys: [key], event: .rejected, rows: rows, limit: limit,
      file: files.table("rejections")
    ).write(to: &writer)
  }
}
