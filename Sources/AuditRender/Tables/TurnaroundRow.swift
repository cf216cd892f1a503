import AuditModel

/// One row of a turnaround table: a workflow type as a whole, or one of its definitions.
struct TurnaroundRow: Sendable {
  var workflowType: String?
  var definitionId: String?
  var definitionName: String?
  var figures: TurnaroundDocument.Figures

  /// The rows of some workflow types, each followed by its definitions.
  static func rows(of turnaround: [TurnaroundDocument]) -> [TurnaroundRow] {
    turnaround.flatMap { type in
      [TurnaroundRow(workflowType: type.workflowType, figures: type.figures)]
        + definitions(of: type)
    }
  }

  /// The rows of a workflow type's definitions.
  static func definitions(of type: TurnaroundDocument) -> [TurnaroundRow] {
    type.byDefinition.map {
      TurnaroundRow(
        workflowType: type.workflowType, definitionId: $0.definitionId,
        definitionName: $0.definitionName, figures: $0.figures)
    }
  }
}
