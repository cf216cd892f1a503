import AuditModel

/// Counts that must add up, asked for beside the pages.
struct CountChecks {
  let session: ServerSession
  let dialect: ServerDialect
  let window: Window

  private var middle: Instant {
    window.from.advanced(byMilliseconds: window.to.milliseconds(since: window.from) / 2)
  }

  /// The count of the window's earlier half.
  func earlierHalf(of range: ReferenceRange) async throws -> Int {
    try await count(.started(in: Window(from: window.from, to: middle, zone: .utc)), range)
  }

  /// The count of the window's later half.
  func laterHalf(of range: ReferenceRange) async throws -> Int {
    try await count(.started(in: Window(from: middle, to: window.to, zone: .utc)), range)
  }

  /// The counts of the two halves beside that of the whole.
  func additivity(_ earlier: Int, _ later: Int, total: Int) -> ConversationDocument.Check {
    let isSum = earlier + later == total
    return ConversationDocument.Check(
      name: "additivity", result: isSum ? .passed : .noted,
      detail: "\(earlier) before \(middle) and \(later) from then on, \(total) in all"
        + (isSum ? "" : ": the counts do not add up"))
  }

  /// For an empty window: whether what lies before and after it is all there is, so that dates are not misread.
  func surroundings() async throws -> ConversationDocument.Check {
    let all = try await count(.after(0), nil)
    let before = try await count(.started(before: window.from), nil)
    let after = try await count(.started(from: window.to), nil)
    let isSum = before + after == all
    return ConversationDocument.Check(
      name: "empty window", result: isSum ? .passed : .noted,
      detail: "\(before) before and \(after) after it, \(all) in all"
        + (isSum ? "" : ": the counts do not add up, so dates may be misread"))
  }

  private func count(_ filter: InstanceFilter, _ range: ReferenceRange?) async throws -> Int {
    let filter = filter && (range.map { .through($0.through) } ?? .none)
    return try await session.ask(.init(filter: filter, limit: 1), dialect).total ?? 0
  }
}
