import AuditModel

/// What decides which rows of a pack count: those that no newer pack has, and what lies in another pack's window.
struct RowDeduplicator: Sendable {
  /// What newer packs of the server hold.
  var seen: SeenRows
  /// The windows of the server's packs, those that touch put together, ascending.
  private let windows: [Range<Instant>]

  init(windows: [Range<Instant>], seen: SeenRows) {
    self.seen = seen
    var joined: [Range<Instant>] = []
    for window in windows.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let last = joined.last, window.lowerBound <= last.upperBound else {
        joined.append(window)
        continue
      }
      joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
    }
    self.windows = joined
  }

  /// Whether some window of the server holds a start; one that cannot be read is in the window that it was read for.
  func covers(_ start: Instant?) -> Bool {
    guard let start else { return true }
    let place = windows.partitioningIndex { $0.upperBound > start }
    return place < windows.count && windows[place].contains(start)
  }
}
