import AuditModel

/// Finds a window's edges among the reference ids of a server that understands no dates.
///
/// Instances get their ids and their start at the same time, so that starts rise with ids but for what is committed
/// late; the window that is searched for is wide enough for that.
struct EdgeSearch {
  let session: ServerSession
  let dialect: ServerDialect
  let window: Window

  /// The ids of the window within a range; `nil` when there are none.
  func range(within whole: ReferenceRange) async throws -> ReferenceRange? {
    let after = try await last(within: whole, before: window.from, unlessUnreadable: true)
    let through = try await last(within: whole, before: window.to, unlessUnreadable: false)
    return through > after ? ReferenceRange(after: after, through: through) : nil
  }

  /// The largest id up to which rows started before an instant; among rows without readable starts, the id that
  /// makes the range larger.
  private func last(
    within range: ReferenceRange, before instant: Instant, unlessUnreadable: Bool
  ) async throws -> Int64 {
    var (low, high) = (range.after, range.through)
    while low < high {
      let middle = low + (high - low) / 2
      let rows = try await session.ask(
        .init(filter: .within(.init(after: middle, through: high)), limit: Self.looked), dialect
      ).rows
      let readable = rows.first { $0.start != nil }
      let isEarly = readable?.start.map { $0 < instant } ?? !unlessUnreadable
      if let row = readable ?? rows.last, isEarly {
        low = row.referenceID
      } else {
        high = middle
      }
    }
    return low
  }

  /// Rows that are looked at for a readable start.
  private static let looked = 10
}
