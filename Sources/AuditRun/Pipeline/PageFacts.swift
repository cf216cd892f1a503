import AuditModel

/// What the completeness of a read depends on, of one page.
struct PageFacts: Sendable {
  /// Who a row is.
  struct Identity: Sendable {
    var referenceID: Int64
    var id: InstanceID
  }

  /// The page's rows in its order, those outside the window included.
  var identities: [Identity]
  /// Whether the page began with a byte order mark.
  var hasByteOrderMark: Bool
}
