import AuditModel
import SafeXML

/// The controls of the policy, and what its checks show of each.
struct ControlsSection: SlotSection {
  let report: ReportDocument
  let files: PackFiles

  var slot: Slot { .controls }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph(
      """
      \(report.controls.tally). A control is evidenced where all of its policy checks passed, contradicted where one \
      failed, waived or not, and not evaluated where none failed and not all could be evaluated. This is evidence for and \
      against controls; it never shows that a control is satisfied.
      """)
    let rows = ControlRow.all(of: report)
    var ids: [String] = []
    for row in rows where !ids.contains(row.control.framework) { ids.append(row.control.framework) }
    for (number, id) in ids.enumerated() {
      let framework = report.frameworks.first { $0.id == id }
      HTMLTable(
        id: "controls-table", number: number + 1, caption: "Controls",
        subject: framework?.title ?? id,
        columns: Self.columns, rows: rows.filter { $0.control.framework == id },
        file: files.table("controls"), atOnce: 20, mark: ("state", { $0.control.state.grade })
      ).write(to: &writer)
      if let framework {
        writer.element(.p, .className("note")) { writer in
          writer.text("The standard is published at ")
          writer.element(.code, text: framework.source)
          writer.text(". Titles and limits are in the words of the framework’s file.")
        }
        writer.newline()
      }
    }
  }

  private static let columns: [Column<ControlRow>] =
    ControlRow.columns.named("control", "state") + [
      Column("title", "Title", .text, about: "What it asks.") { words($0.control.title) },
      Column("checks", "Checks, and what they measured", .text, about: "How each check ended.") {
        row in
        .sentences(
          row.checks.map { "\(name: $0.title): \($0.result.label), \(name: $0.observed)" })
      },
      Column("cannot_show", "What the data cannot show", .text, about: "What is left open.") {
        words($0.control.cannotShow)
      },
    ]

  /// Words of the framework's file, which are not cut.
  private static func words(_ text: String?) -> Cell {
    .sentences(text.map { [Sentence([.words($0)])] } ?? [])
  }
}

extension ControlDocument.State {
  /// How good it is.
  fileprivate var grade: ReportStatus.Grade {
    switch self {
    case .evidenced: .good
    case .contradicted: .bad
    case .notEvaluated, .noGate: .open
    }
  }
}

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
    .text("title", "Check", about: "What it asks.") { $0.title },
    Column("result", "Result", .text, about: "How it ended.") {
      .term($0.result.rawValue, label: $0.result.label)
    },
    .text("severity", "Severity", about: "How bad a failure is.") { $0.severity },
    .text("observed", "Measured", about: "The figures it looked at.") { $0.observed },
    .text("reason", "Why", about: "Why it ended so.") { $0.reason },
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
