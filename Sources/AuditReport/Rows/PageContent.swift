/// What a page holds, as far as the journal and the report depend on it.
package struct PageContent: Sendable {
  /// How many rows, those outside the window included.
  package var rows: Int
  /// Whether the page began with a byte order mark.
  package var hasByteOrderMark: Bool
}
