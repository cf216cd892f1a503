import AuditModel

/// A page of a read that holds rows.
struct ReadPage: Sendable, Equatable {
  /// What was asked for: above the id that the page was to begin after, through its last row.
  var range: ReferenceRange
  /// The number of its content in the store.
  var content: Int
  var rows: Int
  /// The latest start of its rows.
  var latest: Instant?
  /// How far a row of it starts before one with a lower id, at most, in milliseconds.
  var stepBack: Int64 = 0
  /// The earliest start of its rows.
  var earliest: Instant?

  init(range: ReferenceRange, content: Int, rows: [RowIdentity]) {
    self.range = range
    self.content = content
    self.rows = rows.count
    for start in rows.compactMap(\.start) {
      if let latest { stepBack = max(stepBack, latest.milliseconds(since: start)) }
      latest = max(latest ?? start, start)
      earliest = min(earliest ?? start, start)
    }
  }
}
