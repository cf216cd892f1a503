import AuditModel
import SafeXML

/// The checks of the policy and how each ended.
struct GatesSection: SlotSection {
  let gates: [GateDocument]

  var slot: Slot { .gates }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph("\(PolicyTally(gates).words).")
    HTMLTable(
      id: "gates-table", caption: "Checks of the policy", columns: Self.columns, rows: gates,
      mark: ("result", { $0.result.grade })
    ).write(to: &writer)
  }

  private static let columns: [Column<GateDocument>] = [
    Column("title", "Check", .text, about: "What it asks.") { .text($0.title) },
    Column("result", "Result", .text, about: "How it ended.") {
      .term($0.result.rawValue, label: $0.result.label)
    },
    Column("severity", "Severity", .text, about: "How bad a failure is.") { .text($0.severity) },
    Column("observed", "Measured", .text, about: "The figures it looked at.") {
      .text($0.observed)
    },
    Column("reason", "Why", .text, about: "Why it ended so.") { .text($0.reason) },
  ]
}

extension GateDocument.Result {
  /// How good it is.
  var grade: ReportStatus.Grade {
    switch self {
    case .passed: .good
    case .failed: .bad
    case .excepted: .review
    case .notJudged: .open
    }
  }
}
