import AuditModel

/// Says how complete a population is, and why, from what its reads gave; it asks nothing.
struct CompletenessDecision: Equatable {
  var verdict: CompletenessDocument.Verdict
  /// A sentence each.
  var reasons: [String]

  /// More volatile rows than this make a population unproved, however few they are.
  private static let toleratedRows = 20
  /// The same as a part of all rows.
  private static let toleratedShare = 100

  /// By how much wider than the window its edges are searched for, in milliseconds.
  private static let searchMargin: Int64 = 26 * 3_600_000

  /// Decides over reads by reference id; `expected` is what the server counted before the first of them.
  init(_ result: DoubleRead.Result, expected: Int?) {
    verdict = .proved
    reasons = []
    let rows = result.first.rows
    let reads = [result.first] + (result.second.map { [$0] } ?? [])
    if result.second != nil {
      judge(result.changes, rows: rows)
    } else {
      weaken(
        "counted: one read of \(DisplayFormat.count(rows, "row")). That rows were replaced by others, or changed "
          + "while they were read, cannot be seen in this mode: equal counts do not show it.")
    }
    if reads.contains(where: \.lacksTotals) {
      weaken(
        "The server announces no X-Total-Count: a read ended where a page was empty, and whether that was all "
          + "cannot be held against a count (cannot verify).")
    }
    let contradictions = reads.flatMap(\.contradictions)
    if !contradictions.isEmpty {
      let ranges = contradictions.prefix(10).map {
        "after id \($0.after): \($0.announced) announced, \($0.received) received"
      }
      weaken(
        "The server's counts contradict its rows: expected \(expected ?? 0), read \(rows). Ranges checked: "
          + ranges.joined(separator: "; ") + (contradictions.count > 10 ? "; …" : "") + ".")
    }
  }

  /// Decides over two passes by offset.
  init(offset passes: [OffsetRead.Pass], distinct: Int, refusal: String) {
    verdict = .unproved
    reasons = [
      "Rows cannot be asked for by reference id (\(refusal)), so they were read by offset in the order of StartDate, "
        + "twice, with pages of different sizes: a row may have been skipped both times."
    ]
    for (number, pass) in passes.enumerated()
    where pass.total != distinct || pass.ids.count != distinct {
      reasons.append(
        "Pass \(number + 1) gave \(pass.ids.count) distinct instances of "
          + "\(pass.total.map { "\($0) announced" } ?? "an unknown number"); both together have \(distinct)."
      )
    }
  }

  /// Without dates the window's edges were searched by reference id, which is sound as long as starts rise with ids.
  mutating func judgeOrder(of pages: [ReadPage]) {
    var latest: Instant?
    var stepBack: Int64 = 0
    for page in pages {
      if let latest, let earliest = page.earliest {
        stepBack = max(stepBack, latest.milliseconds(since: earliest))
      }
      stepBack = max(stepBack, page.stepBack)
      latest = [latest, page.latest].compactMap { $0 }.max()
    }
    let sentence =
      "The window's edges were searched by reference id, 26 h wider than the window: starts rise with ids but for "
      + "\(stepBack / 60_000) min at most."
    if stepBack > Self.searchMargin { weaken(sentence) } else { reasons.append(sentence) }
  }

  private mutating func judge(_ changes: [RowChange<Int>], rows: Int) {
    guard !changes.isEmpty else {
      reasons.append(
        "Two reads of the whole range gave the same \(DisplayFormat.count(rows, "row")), byte by byte: "
          + "together they are a snapshot."
      )
      return
    }
    verdict = .provedWithChanges
    reasons.append(
      "Two reads of the whole range gave the same rows but for \(changes.count), which are named; "
        + "all others are proved.")
    let kinds: [(RowChangeKind, String, String)] = [
      (.appeared, "APPEARED_DURING_RUN", "not in the first read, but in a later one; counted"),
      (
        .deleted, "DELETED_DURING_RUN",
        "in the first read, but no longer in the last; counted as it was"
      ),
      (.updated, "UPDATED_DURING_RUN", "changed between the reads; the newest version counts"),
    ]
    for (kind, code, words) in kinds {
      let ids = changes.filter { $0.kind == kind }.map(\.referenceId)
      if !ids.isEmpty { reasons.append("\(code): \(Self.list(ids)) (\(words)).") }
    }
    let volatile = changes.filter(\.isVolatile).map(\.referenceId)
    guard !volatile.isEmpty else { return }
    reasons.append(
      "VOLATILE: \(DisplayFormat.count(volatile.count, "instance")) still differed after three more reads: "
        + "\(Self.list(volatile))."
    )
    let limit = max(Self.toleratedRows, rows / Self.toleratedShare)
    if volatile.count > limit {
      weaken(
        "\(volatile.count) volatile instances are more than \(limit): the population does not hold still."
      )
    }
  }

  private mutating func weaken(_ reason: String) {
    verdict = .unproved
    reasons.append(reason)
  }

  private static func list(_ ids: [Int64]) -> String {
    let shown = ids.prefix(50).map(String.init).joined(separator: ", ")
    return ids.count > 50 ? "\(shown) and \(ids.count - 50) more" : shown
  }
}
