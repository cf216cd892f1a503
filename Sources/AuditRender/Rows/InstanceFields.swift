import AuditModel

/// The columns of `instances.csv`, which is written row by row and so is no ``Table``.
enum InstanceFields {
  static let all: [FieldDocument] = [
    field("reference_id", "Reference id", .count, "The server's ascending number of the instance."),
    field("id", "Id", .text, "The instance's GUID."),
    field(
      "status", "Status", .text, "Where the workflow stands, in the vendor's words, or unknown."),
    field("outcome", "Outcome", .text, "What became of it, read from status and status message."),
    field("workflow_type", "Workflow type", .text, "The type of workflow."),
    field("definition_name", "Definition", .text, "The definition's display name."),
    field("definition_version", "Version", .count, "The definition's version."),
    field("definition_id", "Definition id", .text, "The definition's GUID."),
    field("user", "User", .text, "The initiating user, read from the title."),
    field("user_kind", "User kind", .text, "timer, domain, principal or client."),
    field("action", "Action", .text, "enroll, revoke or other."),
    field("common_name", "Common name", .text, "The first CN value of the subject."),
    field("subject", "Subject", .text, "What the title says after its phrase."),
    field("start", "Started", .instant, "When it started, UTC."),
    field("last_modified", "Last modified", .instant, "When it last changed, UTC."),
    field(
      "duration_ms", "Duration", .duration,
      "Last modified minus started, in milliseconds, for instances that ended or were restarted."),
    field("step_name", "Step", .text, "The display name of the current step."),
    field("step_unique_name", "Step id", .text, "The unique name of the current step."),
    field("step_id", "Step GUID", .text, "The GUID of the current step."),
    field("status_message", "Status message", .text, "What the server says about the status."),
    field("failure_class", "Failure class", .text, "Why it failed, read from the status message."),
    field("title", "Title", .text, "The title as received."),
    field("title_rule", "Title rule", .text, "The rule that read the title."),
    field(
      "data_quality", "Data quality", .text, "What is odd about it: flags joined by semicolons."),
  ]

  private static func field(
    _ name: String, _ title: String, _ kind: ColumnKind, _ about: String
  ) -> FieldDocument {
    FieldDocument(Field(name, title, kind, about: about))
  }
}
