import AuditModel

/// A control with the checks behind its state.
struct ControlRow: Sendable {
  let control: ControlDocument
  /// Its checks, in the policy's order.
  let checks: [GateDocument]

  /// A row for every control of a report.
  static func all(of report: ReportDocument) -> [ControlRow] {
    let checks = Dictionary(report.gates.map { (Name($0.id), $0) }) { first, _ in first }
    return report.controls.map { control in
      ControlRow(control: control, checks: control.gates.compactMap { checks[Name($0)] })
    }
  }

  /// The columns of tables/controls.csv.
  static let columns: [Column<ControlRow>] = [
    Column("framework", "Framework", .text, about: "The framework's ID.") {
      .text($0.control.framework)
    },
    Column("control", "Control", .text, about: "The control's ID within it.") {
      .text($0.control.control)
    },
    Column(
      "title", "Title", .text,
      about: "What it asks, in the words of the framework's file; empty where it is not declared."
    ) { .text($0.control.title) },
    Column(
      "state", "State", .text,
      about:
        "What its checks show together: evidenced, contradicted, notEvaluated or noGate; never that it is satisfied."
    ) { .term($0.control.state.rawValue, label: $0.control.state.label) },
    Column(
      "gates", "Checks", .text, about: "The IDs of its checks, separated by vertical bars."
    ) { row in .sentences(row.checks.map { "\(name: $0.id)" }) },
    Column(
      "observed", "Measured", .text,
      about: "How each check ended and what it measured, in the order of gates."
    ) { row in .sentences(row.checks.map { "\($0.result.label), \(name: $0.observed)" }) },
    Column(
      "cannot_show", "What the data cannot show", .text,
      about: "The part of the control that the data cannot show; empty where nothing is said."
    ) { .text($0.control.cannotShow) },
  ]
}
