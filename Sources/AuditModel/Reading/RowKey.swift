/// The keys of a row, in the order in which the vendor writes them.
enum RowKey: String, CaseIterable {
  case id = "Id"
  case status = "Status"
  case currentStepID = "CurrentStepId"
  case statusMessage = "StatusMessage"
  case definition = "Definition"
  case currentStepDisplayName = "CurrentStepDisplayName"
  case currentStepUniqueName = "CurrentStepUniqueName"
  case title = "Title"
  case lastModified = "LastModified"
  case startDate = "StartDate"
  case referenceID = "ReferenceId"

  /// Whether a row without it breaks the contract.
  var isRequired: Bool { self == .id || self == .referenceID }
}
