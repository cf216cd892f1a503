/// The keys of the definition within a row, in the order in which the vendor writes them.
enum DefinitionKey: String, CaseIterable {
  case id = "Id"
  case displayName = "DisplayName"
  case version = "Version"
  case workflowType = "WorkflowType"
}
