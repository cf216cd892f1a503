import AuditModel

/// The columns of instances.csv and, in camel case, the keys of instances.ndjson.
public enum InstanceColumn: String, CaseIterable, Sendable {
  case referenceID = "reference_id"
  case id
  case status
  case outcome
  case workflowType = "workflow_type"
  case definitionName = "definition_name"
  case definitionVersion = "definition_version"
  case definitionID = "definition_id"
  case user
  case userKind = "user_kind"
  case action
  case commonName = "common_name"
  case subject
  case start
  case lastModified = "last_modified"
  case durationMilliseconds = "duration_ms"
  case stepName = "step_name"
  case stepUniqueName = "step_unique_name"
  case stepID = "step_id"
  case statusMessage = "status_message"
  case failureClass = "failure_class"
  case title
  case titleRule = "title_rule"
  case dataQuality = "data_quality"
}
