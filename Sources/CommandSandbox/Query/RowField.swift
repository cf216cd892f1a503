/// A field of a row that queries or sorting may name.
enum RowField: String, CaseIterable, Sendable {
  case currentStepDisplayName = "CurrentStepDisplayName"
  case definitionID = "DefinitionId"
  case id = "Id"
  case initiatingUserName = "InitiatingUserName"
  case lastModified = "LastModified"
  case referenceID = "ReferenceId"
  case startDate = "StartDate"
  case status = "Status"
  case title = "Title"
  case workflowType = "WorkflowType"

  /// What values of the field are.
  enum Kind {
    case text
    case integer
    case date
  }

  /// A field by its name in any case; `nil` when no such field is documented.
  init?(sortName name: String) {
    let folded = FoldedText(name)
    guard let field = Self.allCases.first(where: { FoldedText($0.rawValue) == folded })
    else { return nil }
    self = field
  }

  /// A field by its name in any case, for queries: the default sort field is not among them.
  init?(queryName name: String) {
    guard let field = Self(sortName: name), field != .currentStepDisplayName else { return nil }
    self = field
  }

  var kind: Kind {
    switch self {
    case .referenceID: .integer
    case .lastModified, .startDate: .date
    case .currentStepDisplayName, .definitionID, .id, .initiatingUserName, .status, .title,
      .workflowType:
      .text
    }
  }

  /// The value in a row, of an integer or a date.
  func number(at place: Int, of rows: [SandboxRow]) -> Int64? {
    switch self {
    case .referenceID: rows[place].referenceID
    case .startDate: rows[place].start
    case .lastModified: rows[place].lastModified
    default: nil
    }
  }

  /// The value in a row, of a text.
  func text(at place: Int, of rows: [SandboxRow]) -> String? {
    switch self {
    case .currentStepDisplayName: rows[place].step.name
    case .definitionID: rows[place].definition.id
    case .id: rows[place].id
    case .initiatingUserName: rows[place].userName
    case .status: rows[place].status.rawValue
    case .title: rows[place].title
    case .workflowType: rows[place].definition.workflowType
    default: nil
    }
  }

  /// Whether a row has no value.
  func isMissing(at place: Int, of rows: [SandboxRow]) -> Bool {
    kind == .text
      ? text(at: place, of: rows) == nil : number(at: place, of: rows) == nil
  }
}
