import AuditModel

/// A workflow definition under one workflow type: groups are never pooled across types.
struct TypedDefinition: Hashable, Sendable {
  var workflowType: Name?
  var id: Name?

  /// The id alone: it hardly ever comes under two types, and this is asked for every instance.
  func hash(into hasher: inout Hasher) {
    id?.hash(into: &hasher)
  }
}
