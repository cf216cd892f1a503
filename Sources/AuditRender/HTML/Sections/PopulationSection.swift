import AuditModel
import SafeXML

/// Instances by status, workflow type and definition.
struct PopulationSection: ReportSection {
  let population: PopulationDocument
  let limit: Int

  var id: StaticString { "population" }
  var title: String { "Population" }

  func writeBody(to writer: inout MarkupWriter) {
    let ended = Status.allCases.filter(\.isTerminal).map { population.byStatus[$0] }.reduce(0, +)
    writer.paragraph(
      "\(Readable.count(population.instances, "instance")) of "
        + "\(Readable.count(population.byWorkflowType.count, "workflow type")) started in the window; "
        + "\(Readable.count(ended)) of them have ended, \(Readable.count(population.byStatus[.complete])) as Complete."
    )
    writer.note(
      "Distinct instances that started in the window. Every count here is a number of rows of "
        + "instances.csv, where the columns status, workflow_type and definition_id select them.")
    HTMLTable(
      id: "population-types", caption: "Instances by workflow type and status",
      columns: PopulationColumns.byWorkflowType, rows: population.byWorkflowType, limit: limit,
      file: "tables/population.csv",
      total: [.term("total", label: "All")]
        + Status.allCases.map { .count(population.byStatus[$0]) } + [.count(population.instances)]
    ).write(to: &writer)
    HTMLTable(
      id: "population-definitions", caption: "Instances by definition",
      columns: PopulationColumns.byDefinition.named(
        "definition_name", "definition_version", "workflow_type", "complete", "failed", "rejected",
        "instances"),
      rows: population.byDefinition, limit: limit, file: "tables/population.csv"
    ).write(to: &writer)
  }
}
