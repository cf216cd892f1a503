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
