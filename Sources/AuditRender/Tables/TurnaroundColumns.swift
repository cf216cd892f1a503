import AuditModel

/// The columns of turnaround tables.
enum TurnaroundColumns {
  typealias RowColumn = Column<TurnaroundRow>

  static let all =
    keys + counts + RowColumn.percentiles { $0.figures.completedOnly }
    + RowColumn.kaplanMeier { $0.figures.kaplanMeier }

  private static let keys = [
    RowColumn("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType)
    },
    RowColumn(
      "definition_id", "Definition id", .text,
      about: "The GUID of the definition; empty in the row of the whole type."
    ) { .text($0.definitionId) },
    RowColumn("definition_name", "Definition", .text, about: "The definition's display name.") {
      .text($0.definitionName)
    },
  ]

  private static let counts = [
    RowColumn("terminal", "Ended", .count, about: "Instances that ended.") {
      .count($0.figures.terminal)
    },
    RowColumn("open", "Open", .count, about: "Instances that go on.") { .count($0.figures.open) },
    RowColumn(
      "superseded", "Restarted", .count, about: "Instances that another one took over."
    ) { .count($0.figures.superseded) },
  ]
}
