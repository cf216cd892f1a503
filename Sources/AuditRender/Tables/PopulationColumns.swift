import AuditModel

/// The columns of the population tables.
enum PopulationColumns {
  static let byDefinition: [Column<PopulationDocument.ByDefinition>] =
    [
      Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
        .text($0.workflowType)
      },
      Column("definition_id", "Definition id", .text, about: "The GUID of the definition.") {
        .text($0.definitionId)
      },
      Column("definition_name", "Definition", .text, about: "The definition's display name.") {
        .text($0.definitionName)
      },
      Column("definition_version", "Version", .count, about: "The definition's version.") {
        .count($0.definitionVersion.map { Int($0) })
      },
    ] + StatusColumns.all()

  static let byWorkflowType: [Column<PopulationDocument.ByWorkflowType>] =
    [
      Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
        .text($0.workflowType)
      }
    ] + StatusColumns.all()
}
