import AuditModel

/// A workflow definition under one workflow type: groups are never pooled across types.
struct TypedDefinition: Hashable, Sendable {
  var workflowType: Name?
  var id: Name?
}
