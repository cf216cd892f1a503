import AuditModel

/// Two reads of a range and, where they differ, up to three more looks.
///
/// Two equal reads, one wholly after the other, are a snapshot: what both saw stood there at every instant between them
/// (Y. Afek et al., "Atomic snapshots of shared memory", J. ACM 40, 1993).
struct DoubleRead {
  let reader: IntervalRead
  let concurrency: Int
  let store: any PageStore

  /// How often what differs is looked at again.
  private static let rounds = 3
  /// Pages to a part, at least: smaller parts cost more requests than waiting.
  private static let pagesToPart = 2

  /// What the reads gave.
  struct Result {
    var first: IntervalRead.Result
    /// The second read; `nil` when there was one read only.
    var second: IntervalRead.Result?
    /// Contents beside those of the first read, in the order in which they came.
    var laterContents: [Int] = []
    var changes: [RowChange] = []
  }

  /// Reads a range once: parts of it side by side, those that an interrupted run had read left out.
  ///
  /// `lowest` is the lowest reference id that is known of; below it, a part would be a waste.
  func once(
    _ range: ReferenceRange, lowest: Int64, total: Int?, pageSize: Int
  ) async throws -> IntervalRead.Result {
    let kept = try Coverage(resuming: store, within: range)
    let parts = max(1, min(concurrency, (total ?? 0) / max(1, pageSize * Self.pagesToPart)))
    let gaps = kept.gaps(in: range)
    let ranges = gaps.count == 1 ? gaps[0].split(into: parts, from: lowest - 1) : gaps
    let results = try await inParallel(ranges) { try await reader.read($0, as: .read(1)) }
    var whole = IntervalRead.Result(pages: kept.pages, firstTotal: kept.rows)
    for result in results { whole.append(result) }
    // When the parts' counts add up to the whole's, no count is off, and one more of nothing is enough.
    let isAdditive = whole.firstTotal == total && ranges.count > 1
    for (part, result) in zip(ranges, results) where !isAdditive || part == ranges.last {
      whole.append(try await confirm(part, result, as: .read(1)))
    }
    whole.pages.sort { $0.range.after < $1.range.after }
    return whole
  }

  /// Reads a range a second time along the pages of the first read, and looks again where the two differ.
  func again(_ range: ReferenceRange, after first: IntervalRead.Result) async throws -> Result {
    let spans = Coverage(pages: first.pages).spans(of: range)
    let reads = try await inParallel(spans.map(\.range)) { try await reader.read($0, as: .read(2)) }
    var result = Result(first: first)
    var second = IntervalRead.Result(firstTotal: 0)
    for (span, read) in zip(spans, reads) {
      second.append(read)
      if read.pages.map(\.content) != span.page.map({ [$0.content] }) ?? [] {
        try await settle(span, read.pages, &result)
      }
    }
    if let last = spans.last, let read = reads.last {
      second.append(try await confirm(last.range, read, as: .read(2)))
    }
    result.second = second
    return result
  }

  /// Looks again at a range whose rows differ until they no longer do, three times at most.
  private func settle(
    _ span: Coverage.Span, _ pages: [ReadPage], _ result: inout Result
  ) async throws {
    var versions = [
      try RowVersions(of: span.page.map { [$0] } ?? [], in: store),
      try RowVersions(of: pages, in: store),
    ]
    var unsettled = versions[0].differences(from: versions[1])
    if unsettled.isEmpty { return }
    result.laterContents += pages.map(\.content)
    for round in 1...Self.rounds where !unsettled.isEmpty {
      let read = try await reader.read(span.range, as: .read(2 + round))
      result.laterContents += read.pages.map(\.content)
      let latest = try RowVersions(of: read.pages, in: store)
      unsettled = versions[versions.count - 1].differences(from: latest)
      versions.append(latest)
    }
    result.changes += Self.changes(in: versions, unsettled: Set(unsettled))
  }

  /// What happened to each row that was not the same throughout.
  private static func changes(
    in versions: [RowVersions], unsettled: Set<Int64>
  ) -> [RowChange] {
    let changed = versions.dropFirst().reduce(into: Set<Int64>()) { ids, later in
      ids.formUnion(versions[0].differences(from: later))
    }
    return changed.sorted().map { id in
      let seen = versions.map { $0.rows[id] }
      let kind: RowChange.Kind =
        seen.first == .some(nil) ? .appeared : seen.last == .some(nil) ? .deleted : .updated
      return RowChange(
        referenceID: id, kind: kind,
        versions: seen.enumerated().map {
          .init(read: $0.offset + 1, content: $0.element?.content)
        },
        isVolatile: unsettled.contains(id))
    }
  }

  /// One more count of nothing: where a read ended by counting, an empty page must follow.
  private func confirm(
    _ range: ReferenceRange, _ read: IntervalRead.Result, as purpose: FetchedPage.Purpose
  ) async throws -> IntervalRead.Result {
    if read.endedEmpty { return IntervalRead.Result(firstTotal: 0) }
    let last = read.pages.last?.range.through ?? range.after
    return try await reader.read(
      .init(after: last, through: range.through), as: purpose, until: .empty)
  }

  /// Works on ranges side by side, at most as many as requests may be under way, and returns what they give in order.
  private func inParallel(
    _ ranges: [ReferenceRange],
    _ work: @Sendable @escaping (ReferenceRange) async throws -> IntervalRead.Result
  ) async throws -> [IntervalRead.Result] {
    try await withThrowingTaskGroup(of: (Int, IntervalRead.Result).self) { group in
      var results = [IntervalRead.Result?](repeating: nil, count: ranges.count)
      for (index, range) in ranges.enumerated() {
        if index >= concurrency, let (done, result) = try await group.next() {
          results[done] = result
        }
        group.addTask { (index, try await work(range)) }
      }
      for try await (done, result) in group { results[done] = result }
      return results.compactMap { $0 }
    }
  }
}
