import AuditModel

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

/// One value of an instance's row, before it is written in a format.
enum InstanceCell {
  case missing
  /// Text from the server.
  case name(Name)
  /// Text from the server, within the batch's text.
  case slice(TextSlice)
  /// One of our own words.
  case word(String)
  case integer(Int64)
  case id(InstanceID)
  case instant(Instant)
  case flags(DataQuality)
}

extension Instance {
  /// The value of a column.
  func cell(_ column: InstanceColumn) -> InstanceCell {
    switch column {
    case .referenceID: .integer(referenceID)
    case .id: .id(id)
    case .status: status == .unknown ? Self.text(statusText) : .word(status.name)
    case .outcome: .word(outcome.rawValue)
    case .workflowType: Self.text(definition.workflowType)
    case .definitionName: Self.text(definition.name)
    case .definitionVersion: definition.version.map { .integer($0) } ?? .missing
    case .definitionID: Self.text(definition.id)
    case .user: Self.text(user?.spelling)
    case .userKind: user.map { .word($0.kind.rawValue) } ?? .missing
    case .action: .word(action.rawValue)
    case .commonName: Self.text(commonName)
    case .subject: Self.text(subject)
    case .start: start.map { .instant($0) } ?? .missing
    case .lastModified: lastModified.map { .instant($0) } ?? .missing
    case .durationMilliseconds: durationMilliseconds.map { .integer($0) } ?? .missing
    case .stepName: Self.text(step.name)
    case .stepUniqueName: Self.text(step.uniqueName)
    case .stepID: Self.text(step.id)
    case .statusMessage: Self.text(statusMessage)
    case .failureClass: failureClass.map { .word($0.name) } ?? .missing
    case .title: Self.text(title)
    case .titleRule: .word(titleRule.rawValue)
    case .dataQuality: .flags(quality)
    }
  }

  private static func text(_ name: Name?) -> InstanceCell { name.map { .name($0) } ?? .missing }

  private static func text(_ slice: TextSlice?) -> InstanceCell {
    slice.map { .slice($0) } ?? .missing
  }
}
