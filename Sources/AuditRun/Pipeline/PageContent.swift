import AuditEvidence

/// What a page holds, as far as the journal depends on it.
struct PageContent: Sendable {
  /// The size of the body in bytes.
  var bytes: Int
  /// The SHA-256 of the body.
  var digest: Digest
  /// How many rows, those outside the window included.
  var rows: Int
  /// Whether the page began with a byte order mark.
  var hasByteOrderMark: Bool
}
