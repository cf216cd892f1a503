/// What a page holds, as far as the journal and the report depend on it.
struct PageContent: Sendable {
  /// How many rows, those outside the window included.
  var rows: Int
  /// Whether the page began with a byte order mark.
  var hasByteOrderMark: Bool
}
