import AuditModel
import SafeXML

/// The first instances of the population, and the way to all of them.
struct AppendixSection: ReportSection {
  let report: ReportDocument
  let limit: Int
  let files: PackFiles

  var id: StaticString { "appendix" }
  var title: String { "Instances" }

  func writeBody(to writer: inout MarkupWriter) {
    let whole =
      files.instances.isEmpty
      ? ""
      : "\(files.instances.joined(separator: " and ")) \(files.instances.count == 1 ? "has" : "have") all "
        + "\(DisplayFormat.count(report.metrics.population.instances)), with every field; "
    writer.note(
      "The first instances by reference id. \(whole)\(whole.isEmpty ? "The" : "the") answers they were read "
        + "from are in evidence/pages.")
    let shown = Array(report.excerpt.prefix(limit))
    HTMLTable(
      id: "appendix-table", caption: "Instances by reference id", columns: Self.columns,
      rows: shown, omitted: report.metrics.population.instances - shown.count,
      file: files.instances.first
    ).write(to: &writer)
  }

  private static let columns: [Column<InstanceExcerpt>] = [
    Column("reference_id", "Reference id", .identifier, about: "The server's number.") {
      .identifier($0.referenceID)
    },
    Column("status", "Status", .text, about: "Where it stands.") { .text($0.status) },
    Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType)
    },
    Column("user", "User", .text, about: "The initiating user.") { .text($0.user) },
    Column("common_name", "Common name", .text, about: "What it is about.") {
      .text($0.commonName)
    },
    Column("start", "Start", .instant, about: "When it started.") { .instant($0.start) },
    Column("duration_ms", "Duration", .duration, about: "Of ended and restarted ones.") {
      .duration($0.duration)
    },
  ]
}
