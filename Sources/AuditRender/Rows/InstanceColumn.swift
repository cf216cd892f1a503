import AuditModel

/// The columns of instances.csv and, in camel case, the keys of instances.ndjson.
package enum InstanceColumn: String, CaseIterable, Sendable {
  /// The number that orders the rows; once in a server.
  case referenceID = "reference_id"
  /// The GUID.
  case id
  /// The vendor's status, as sent where it is not known.
  case status
  /// What became of it, read from status and message.
  case outcome
  /// Enrollment, Revocation and others, as sent.
  case workflowType = "workflow_type"
  /// The display name of the workflow definition.
  case definitionName = "definition_name"
  /// The version of the definition that the instance follows.
  case definitionVersion = "definition_version"
  /// The definition's GUID.
  case definitionID = "definition_id"
  /// Who the title says it was.
  case user
  /// Timer, domain user, principal or client.
  case userKind = "user_kind"
  /// What was asked for, read from the title, else from the workflow type.
  case action
  /// The first CN of the subject.
  case commonName = "common_name"
  /// What the title names after its phrase, whole.
  case subject
  /// StartDate, in UTC.
  case start
  /// The last activity, in UTC; not an approval, nor an issuance.
  case lastModified = "last_modified"
  /// From start to last activity of what has ended, in milliseconds.
  case durationMilliseconds = "duration_ms"
  /// The display name of the current step.
  case stepName = "step_name"
  /// The name of the current step within its definition.
  case stepUniqueName = "step_unique_name"
  /// The current step's GUID.
  case stepID = "step_id"
  /// The message beside the status, as sent.
  case statusMessage = "status_message"
  /// Why it failed, read from the message; empty unless Failed.
  case failureClass = "failure_class"
  /// The title as sent.
  case title
  /// The rule that read the title.
  case titleRule = "title_rule"
  /// What is odd about the row, joined by semicolons.
  case dataQuality = "data_quality"
}

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
