import AuditModel

/// A pattern of `indicators`: many approvals in a few seconds.
///
/// Definition: of the Complete instances of approval-bearing definitions, ordered by (m, reference id), the maximal runs of
/// at least n in which each ends at most g seconds after the one before. Limits: the end of an instance is its last
/// activity, and a CA that was away may have ended many at once.
struct BatchEnds: Sendable {
  /// When an instance ended.
  private struct End: Sendable {
    var instant: Instant
    var referenceID: Int64

    static func precedes(_ left: End, _ right: End) -> Bool {
      (left.instant, left.referenceID) < (right.instant, right.referenceID)
    }
  }

  /// The first and the last end.
  let ends: ClosedRange<Instant>
  let instances: Int
  /// The first of them.
  let ids: [Int64]

  /// The runs, in the order of time.
  private static func found(among cases: PatternCases) -> [BatchEnds] {
    func counts(_ record: CaseStore.Case) -> Bool {
      record.status == .complete && cases.asksForApproval(record) == true
    }
    var ends: [End] = []
    ends.reserveCapacity(cases.store.byHolder.reduce(0) { $0 + $1.count(where: counts) })
    for part in cases.store.byHolder {
      for record in part where counts(record) {
        ends.append(End(instant: record.lastModified, referenceID: record.referenceID))
      }
    }
    sort(&ends)
    let gap = cases.settings.batchEndsGapSeconds * 1000
    return ends.runs { $1.instant.milliseconds(since: $0.instant) <= gap }
      .filter { $0.count >= Int(cases.settings.batchEndsInstances) }
      .map { run in
        BatchEnds(
          ends: ends[run.lowerBound].instant...ends[run.upperBound - 1].instant,
          instances: run.count,
          ids: ends[run].prefix(FollowUp.listedIDs).map(\.referenceID))
      }
  }

  /// By time, spread over the time from the first to the last.
  private static func sort(_ ends: inout [End]) {
    guard let first = ends.lazy.map(\.instant).min(), let last = ends.lazy.map(\.instant).max()
    else { return }
    let width = UInt(last.milliseconds(since: first)).leadingZeroBitCount
    ends.sort(
      spreadBy: { UInt($0.instant.milliseconds(since: first)) << UInt(width) }, by: End.precedes)
  }

  static func pattern(among cases: PatternCases) -> Pattern {
    let rows = found(among: cases)
    let settings = cases.settings
    return Pattern(
      count: rows.count,
      sentence: """
        \(Counted(rows.count, "run").start) of \(String(settings.batchEndsInstances)) or more requests with approval \
        completed with at most \(String(settings.batchEndsGapSeconds)) s from one to the next.
        """,
      figure: Figure(
        "batch_ends", "Batches", .count, about: "Runs of requests that completed in succession.",
        .count(rows.count)),
      table: table(rows), absence: "batches of approvals")
  }

  private static func table(_ rows: [BatchEnds]) -> MetricTable {
    MetricTable(
      .init(key: "batches", file: "batch_ends", listed: 100),
      title: "Requests with approval that completed in quick succession",
      columns: [
        .instant("first", "From", about: "When the first of them ended.") { $0.ends.lowerBound },
        .instant("last", "To", about: "When the last of them ended.") { $0.ends.upperBound },
        .duration("span_ms", "Within", about: "From the first end to the last.") {
          $0.ends.upperBound.milliseconds(since: $0.ends.lowerBound)
        },
        .count("instances", "Instances", about: "Instances of the run.") { $0.instances },
        .ids("ids", "Reference IDs", about: "The first 100 of them, in their order.") { $0.ids },
      ], rows: rows)
  }
}
