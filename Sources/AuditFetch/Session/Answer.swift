import AuditModel

/// An accepted answer to one request for instances.
struct Answer: Sendable {
  /// The page as received.
  var page: RawPage
  /// Who its rows are, in the server's order.
  var rows: [RowIdentity]
  /// How many instances the server counts for the filter; `nil` when it does not say.
  var total: Int?
  /// How many rows were asked for.
  var asked: Int
}
