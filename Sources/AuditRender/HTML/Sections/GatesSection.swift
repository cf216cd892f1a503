import AuditModel
import SafeXML

/// The gates of the policy and how each was judged.
struct GatesSection: ReportSection {
  let gates: [GateDocument]

  var id: StaticString { "gates" }
  var title: String { "Gates" }

  func writeBody(to writer: inout MarkupWriter) {
    HTMLTable(id: "gates-table", caption: "Gates of the policy", columns: Self.columns, rows: gates)
      .write(to: &writer)
  }

  private static let columns: [Column<GateDocument>] = [
    Column("title", "Gate", .text, about: "What it asks.") { .text($0.title) },
    Column("result", "Result", .text, about: "How it was judged.") {
      .term($0.result.rawValue, label: label(of: $0.result))
    },
    Column("severity", "Severity", .text, about: "How bad a breach is.") { .text($0.severity) },
    Column("observed", "Observed", .text, about: "The figures it looked at.") {
      .text($0.observed)
    },
    Column("reason", "Reason", .text, about: "Why it was judged so.") { .text($0.reason) },
  ]

  private static func label(of result: GateDocument.Result) -> String {
    switch result {
    case .passed: "Passed"
    case .failed: "Failed"
    case .excepted: "Excepted"
    case .notJudged: "Not judged"
    }
  }
}
