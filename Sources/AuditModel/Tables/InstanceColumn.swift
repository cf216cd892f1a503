/// The columns of instances.csv and, in camel case, the keys of instances.ndjson.
public enum InstanceColumn: String, CaseIterable, Sendable {
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
  /// The requester in the title.
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

  /// The key in instances.ndjson.
  public var camelCaseName: String { rawValue.camelCased }
}
