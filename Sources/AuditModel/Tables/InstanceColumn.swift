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

  /// What is said of it: title, kind and unit, and a sentence for the data dictionary.
  public var field: Field {
    let (title, kind, about): (String, ColumnKind, String) =
      switch self {
      case .referenceID: ("Reference id", .count, "The server's ascending number of the instance.")
      case .id: ("Id", .text, "The instance's GUID.")
      case .status:
        ("Status", .text, "Where the workflow stands, in the vendor's words, or unknown.")
      case .outcome: ("Outcome", .text, "What became of it, read from status and status message.")
      case .workflowType: ("Workflow type", .text, "The type of workflow.")
      case .definitionName: ("Definition", .text, "The definition's display name.")
      case .definitionVersion: ("Version", .count, "The definition's version.")
      case .definitionID: ("Definition id", .text, "The definition's GUID.")
      case .user: ("User", .text, "The initiating user, read from the title.")
      case .userKind: ("User kind", .text, "timer, domain, principal or client.")
      case .action: ("Action", .text, "enroll, revoke or other.")
      case .commonName: ("Common name", .text, "The first CN value of the subject.")
      case .subject: ("Subject", .text, "What the title says after its phrase.")
      case .start: ("Started", .instant, "When it started, UTC.")
      case .lastModified: ("Last modified", .instant, "When it last changed, UTC.")
      case .durationMilliseconds:
        (
          "Duration", .duration,
          "Last modified minus started, in milliseconds, for instances that ended or were restarted."
        )
      case .stepName: ("Step", .text, "The display name of the current step.")
      case .stepUniqueName: ("Step id", .text, "The unique name of the current step.")
      case .stepID: ("Step GUID", .text, "The GUID of the current step.")
      case .statusMessage: ("Status message", .text, "What the server says about the status.")
      case .failureClass: ("Failure class", .text, "Why it failed, read from the status message.")
      case .title: ("Title", .text, "The title as received.")
      case .titleRule: ("Title rule", .text, "The rule that read the title.")
      case .dataQuality:
        ("Data quality", .text, "What is odd about it: flags joined by semicolons.")
      }
    return Field(rawValue, title, kind, about: about)
  }

  /// All that can be in it, besides nothing; `nil` where that is not known.
  ///
  /// A status of another version of the server is none of them.
  public var words: [String]? {
    switch self {
    case .status: Status.allCases.filter { $0 != .unknown }.map(\.name)
    case .outcome: Outcome.allCases.map(\.rawValue)
    case .userKind: User.Kind.allCases.map(\.rawValue)
    case .action: Action.allCases.map(\.rawValue)
    case .titleRule: TitleRule.allCases.map(\.name)
    default: nil
    }
  }
}
