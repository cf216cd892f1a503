import AuditModel
import SafeXML

/// Time from start to end per workflow type, as observed and as estimated, side by side.
struct TurnaroundSection: ReportSection {
  let turnaround: [TurnaroundDocument]
  let limit: Int
  let files: PackFiles

  var id: StaticString { "turnaround" }
  var title: String { "Turnaround" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.note(
      files.words(
        "Completed only looks at instances that ended, and so leaves out the slow ones that are still "
          + "open; Kaplan–Meier counts open and restarted instances for as long as they were seen. "
          + "Workflow types are never pooled. The rows: duration_ms in instances.csv by workflow_type and definition_id, "
          + "of those whose status is Complete, Failed or Rejected; for the estimate all of them."))
    TurnaroundTables(
      turnaround: turnaround, limit: limit, file: files.table("turnaround"),
      caption: "Time from start to end",
      quantiles: "turnaround-quantiles", definitions: "turnaround-definitions", firstChart: 0
    ).write(to: &writer)
  }
}
