/// A page of a read that holds rows.
struct ReadPage: Sendable, Equatable {
  /// What was asked for: above the id that the page was to begin after, through its last row.
  var range: ReferenceRange
  /// The number of its content in the store.
  var content: Int
  var rows: Int
}
