import AuditModel
import SafeXML

/// Failed instances per user, definition, step and class.
struct FailureRatesSection: ReportSection {
  let rates: FailureRatesDocument
  let limit: Int

  var id: StaticString { "failure-rates" }
  var title: String { "Failures" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph(
      "\(Readable.count(rates.failed)) of \(Readable.count(rates.terminal, "instance")) that ended "
        + "have failed. \(Readable.count(rates.withoutUser)) of them name no user and are in no row "
        + "of the table of users.")
    writer.note(
      "Ranked by the lower limit of the Wilson 95% interval, so that one failure of one does not "
        + "lead the list; the bar is the interval, the tick the rate. These tables pool workflow types."
    )
    table("failures-users", "Failures by user", [RateColumns.user], rates.byUser, "users", &writer)
    table(
      "failures-definitions", "Failures by definition", [RateColumns.definitionName],
      rates.byDefinition, "definitions", &writer)
    table(
      "failures-classes", "Failures by class",
      [RateColumns.failureClass] + (hasSteps ? [RateColumns.stepName] : []), rates.byClass,
      "failures", &writer)
    table(
      "failures-steps", "Failures by step", [RateColumns.stepName], rates.byStep, "failures",
      &writer)
  }

  /// Whether some class names a step.
  private var hasSteps: Bool {
    rates.byClass.contains { if case .failureClass(_, _?) = $0.group { true } else { false } }
  }

  private func table(
    _ id: StaticString, _ caption: String, _ keys: [Column<GroupRateDocument>],
    _ rows: [GroupRateDocument], _ file: String, _ writer: inout MarkupWriter
  ) {
    RateTable(
      id: id, caption: caption, keys: keys, event: .failed, rows: rows, limit: limit,
      file: "tables/\(file).csv"
    ).write(to: &writer)
  }
}
