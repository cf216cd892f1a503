import AuditModel
import SafeXML

/// Failed instances per user, definition, step and class.
struct FailureRatesSection: ReportSection {
  let rates: FailureRatesDocument
  let limit: Int
  let files: PackFiles

  var id: StaticString { "failure-rates" }
  var title: String { "Failures" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph(
      "\(Readable.count(rates.failed)) of \(Readable.count(rates.terminal, "instance")) that ended "
        + "have failed. \(Readable.count(rates.withoutUser)) of them name no user and are in no row "
        + "of the table of users.")
    if let outlier { writer.sentence(outlier) }
    writer.note(
      files.words(
        "Ranked by the lower limit of the Wilson 95% interval, so that one failure of one does not "
          + "lead the list; the bar is the interval, the tick the rate. These tables pool workflow types. "
          + "The rows: status Failed in instances.csv, by user, definition_id, step_unique_name and failure_class; n counts "
          + "Complete, Failed and Rejected."))
    table("failures-users", "Failures by user", [RateColumns.user], rates.byUser, "users", &writer)
    table(
      "failures-definitions", "Failures by definition", [RateColumns.definitionName],
      rates.byDefinition, "definitions", &writer)
    if !classes.isEmpty {
      RowChart.counts("Failures by class", by: "Class", of: "Failed instances", classes)
        .draw(number: 2, to: &writer)
    }
    table(
      "failures-classes", "Failures by class, of all that ended",
      [RateColumns.failureClass] + (hasSteps ? [RateColumns.stepName] : []), rates.byClass,
      "failures", &writer)
    table(
      "failures-steps", "Failures by step", [RateColumns.stepName], rates.byStep, "failures",
      &writer)
  }

  /// The failures of each class, whatever their step.
  private var classes: [(name: Sentence, count: Int)] {
    var counts: [Name: Int] = [:]
    for row in rates.byClass {
      if case .failureClass(let name, _) = row.group {
        counts[Name(RateColumns.label(ofClass: name)), default: 0] += row.count
      }
    }
    return counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (name: "\($0.key.string)", count: $0.value) }
  }

  /// The first user whose rate lies above that of all by more than chance explains.
  private var outlier: Sentence? {
    let overall = WilsonInterval.rate(rates.failed, of: rates.terminal).rate ?? 0
    let row = rates.byUser.first { row in
      row.outlier?.flag == .beyond998 && (row.rate.rate ?? 0) > overall
    }
    guard let row, case .user(let user) = row.group else { return nil }
    return """
      \(name: user) failed \(Readable.count(row.count)) of \(Readable.count(row.terminal, "time")), which chance hardly \
      explains: all together fail in \(Readable.percent(overall)).
      """
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
      file: files.table(file)
    ).write(to: &writer)
  }
}
