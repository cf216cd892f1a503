import AuditModel
import SafeXML

/// Instances by status, workflow type and definition.
struct PopulationSection: ReportSection {
  let population: PopulationDocument
  let limit: Int
  let files: PackFiles

  var id: StaticString { "population" }
  var title: String { "Population" }

  /// The kinds of statuses that are told apart at a glance; the table has them all.
  private static let kinds: [(RowChart.KeyEntry, [Status])] = [
    (.init("Complete", .good), [.complete]), (.init("Rejected", .fair), [.rejected]),
    (.init("Failed", .bad), [.failed]), (.init("Open", .open), [.running, .suspended]),
    (.init("Restarted or unknown", .other), [.canceledForRestart, .unknown]),
  ]

  private var chart: RowChart {
    RowChart(
      title: "What became of the instances of each workflow type", subject: "Workflow type",
      measure: "Share of instances", scale: .shares, key: Self.kinds.map(\.0),
      rows: population.byWorkflowType.map { type in
        let counts = Self.kinds.map { kind in kind.1.map { type.byStatus[$0] }.reduce(0, +) }
        return RowChart.Row(
          "\(name: type.workflowType, or: "none")",
          .parts(counts.map { Double($0) / Double(max(type.instances, 1)) }),
          figures: "\(Readable.count(counts[0])) of \(Readable.count(type.instances)) Complete")
      })
  }

  func writeBody(to writer: inout MarkupWriter) {
    let ended = Status.allCases.filter(\.isTerminal).map { population.byStatus[$0] }.reduce(0, +)
    writer.paragraph(
      "\(Readable.count(population.instances, "instance")) of "
        + "\(Readable.count(population.byWorkflowType.count, "workflow type")) started in the window; "
        + "\(Readable.count(ended)) of them have ended, \(Readable.count(population.byStatus[.complete])) as Complete."
    )
    writer.note(
      files.words(
        "Distinct instances that started in the window. Every count here is a number of rows of "
          + "instances.csv, where the columns status, workflow_type and definition_id select them.")
    )
    if population.instances > 0 { chart.draw(number: 1, to: &writer) }
    HTMLTable(
      id: "population-types", caption: "Instances by workflow type and status",
      columns: PopulationColumns.byWorkflowType, rows: population.byWorkflowType, limit: limit,
      file: files.table("population"),
      total: [.term("total", label: "All")]
        + Status.allCases.map { .count(population.byStatus[$0]) } + [.count(population.instances)]
    ).write(to: &writer)
    HTMLTable(
      id: "population-definitions", caption: "Instances by definition",
      columns: PopulationColumns.byDefinition.named(
        "definition_name", "definition_version", "workflow_type", "complete", "failed", "rejected",
        "instances"),
      rows: population.byDefinition, limit: limit, file: files.table("population")
    ).write(to: &writer)
  }
}
