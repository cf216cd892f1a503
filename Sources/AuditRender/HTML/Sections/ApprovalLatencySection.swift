import AuditModel
import SafeXML

/// Turnaround where approval is asked for.
struct ApprovalLatencySection: ReportSection {
  let latency: ApprovalLatencyDocument
  let limit: Int
  let files: PackFiles

  var id: StaticString { "approval-latency" }
  var title: String { "Approval latency" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.note(latency.caption)
    writer.paragraph(
      "\(Readable.count(latency.definitions.count, "definition")) "
        + "\(latency.definitions.count == 1 ? "asks" : "ask") for approval, as far as the window shows. "
        + "The rows: as for turnaround, where definition_id is one of "
        + (files.json ? "approvalLatency.definitions in report.json." : "theirs.")
    )
    TurnaroundTables(
      turnaround: latency.byWorkflowType, limit: limit, file: files.table("approvals"),
      caption: "Time to a decision",
      quantiles: "approval-quantiles", definitions: "approval-definitions",
      firstChart: 1000
    ).write(to: &writer)
  }
}
