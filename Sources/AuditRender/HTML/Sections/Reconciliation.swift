import AuditModel
import SafeXML

/// The counts of a report from the server's total to the sums of its tables, each beside what it has to equal.
struct Reconciliation {
  let report: ReportDocument

  private struct Row {
    var label: String
    var count: Int?
    var grade: ReportStatus.Grade
    var check: String
  }

  func write(beside files: PackFiles, to writer: inout MarkupWriter) {
    HTMLTable(
      id: "counts-table", caption: "Counts that must agree", columns: Self.columns,
      rows: received + [
        Row(
          label: report.servers == nil
            ? files.words("Instances, the rows of instances.csv") : "Instances",
          count: instances, grade: .good,
          check: report.cover.merkleRoot == nil
            ? "counted once, whatever the pack" : "equal to the rows under their fingerprint"),
        sums,
      ], mark: ("check", { $0.grade })
    ).write(to: &writer)
  }

  private static let columns: [Column<Row>] = [
    Column("label", "Count", .text, about: "What is counted.") { .term($0.label, label: $0.label) },
    Column("count", "Number", .count, about: "How many.") { .count($0.count) },
    Column("check", "Check", .text, about: "What it is compared with.") {
      .term($0.check, label: $0.check)
    },
  ]

  private var instances: Int { report.metrics.population.instances }

  /// From what the server announced to distinct instances.
  private var received: [Row] {
    let counts = report.completeness
    let outside = counts.distinct - instances
    return [
      announced(counts),
      repeated(counts),
      Row(
        label: "Distinct IDs", count: counts.distinct, grade: .good,
        check: outside == 0
          ? "equal to the instances"
          : "equal to the instances and \(DisplayFormat.count(outside)) that started outside the period"
      ),
    ]
  }

  private func repeated(_ counts: CompletenessDocument) -> Row {
    let again = counts.rows - counts.distinct
    // Packs of one server overlap by design.
    return Row(
      label: "Rows received", count: counts.rows,
      grade: again == 0 || report.servers != nil ? .good : .review,
      check: again == 0
        ? "equal to the distinct IDs"
        : "equal to the distinct IDs and \(DisplayFormat.count(again)) that came again")
  }

  private func announced(_ counts: CompletenessDocument) -> Row {
    guard let total = counts.announcedTotal else {
      return Row(label: "Announced by the server", grade: .open, check: counts.withoutTotal)
    }
    let missing = total - counts.rows
    return Row(
      label: "Announced by the server", count: total, grade: missing == 0 ? .good : .review,
      check: missing == 0
        ? "equal to the rows received"
        : "\(DisplayFormat.count(abs(missing))) \(missing > 0 ? "more" : "fewer") than rows received"
    )
  }

  /// A report of which one of them differs is not written: ``ControlTotals``.
  private var sums: Row {
    let others = report.metrics.population.sums.map(\.sum).filter { $0 != instances }
    return Row(
      label: "Sums by status, by workflow type, by definition", count: others.first ?? instances,
      grade: others.isEmpty ? .good : .bad,
      check: others.isEmpty ? "each equal to the instances" : "not each equal to the instances")
  }
}
