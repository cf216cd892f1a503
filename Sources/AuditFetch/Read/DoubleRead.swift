import AuditModel

/// Two reads of a range and, where they differ, up to three more looks.
///
/// Two equal reads, one wholly after the other, are a snapshot: what both saw was there at every instant between them
/// (Y. Afek et al., "Atomic snapshots of shared memory", J. ACM 40, 1993).
struct DoubleRead {
  let reader: IntervalRead
  let concurrency: Int
  let store: any PageStore

  /// How often what differs is looked at again.
  private static let rounds = 3
  /// Pages to a part, at least: smaller parts cost more requests than waiting.
  private static let pagesToPart = 2
  /// With more readers than this, those that have nothing to do share what others have before them: up to here, what that
  /// saves is not worth its requests.
  private static let mostReadersWithoutSharing = 4

  /// What the reads gave.
  struct Result {
    var first: IntervalRead.Result
    /// The second read; `nil` when there was one read only.
    var second: IntervalRead.Result?
    /// Contents beside those of the first read, in the order in which they came.
    var laterContents: [Int] = []
    var changes: [RowChange<Int>] = []
  }

  /// Reads a range once: parts of it side by side, those that an interrupted run had read left out.
  ///
  /// The questions come after the parts, which do not all end at the same time. `lowest` is the lowest reference id that
  /// is known of; below it, a part would be a waste.
  func once(
    _ range: ReferenceRange, lowest: Int64, total: Int?, pageSize: Int,
    beside questions: SideQuestions
  ) async throws -> (IntervalRead.Result, SideQuestions.Answers) {
    let kept = try Coverage(resuming: store, within: range)
    let parts = max(1, min(concurrency, (total ?? 0) / max(1, pageSize * Self.pagesToPart)))
    let gaps = kept.gaps(in: range)
    let ranges = gaps.count == 1 ? gaps[0].split(into: parts, from: lowest - 1) : gaps
    let (reads, answers) = try await inParallel(
      ranges, as: .read(1),
      beside: concurrency > Self.mostReadersWithoutSharing ? IdleReaders() : nil, then: questions)
    var whole = IntervalRead.Result(pages: kept.pages, firstTotal: kept.rows)
    for read in reads { whole.append(read.result) }
    // When the parts' counts and their rows add up to the whole's, the nothing after the last part is enough.
    if whole.firstTotal != total || whole.rows != total {
      for read in reads where !read.result.endedEmpty && read.result.rest == nil {
        whole.append(try await confirm(read.range, read.result))
      }
    }
    whole.pages.sort { $0.range.after < $1.range.after }
    return (whole, answers ?? SideQuestions.Answers())
  }

  /// Reads a range a second time along the pages of the first read, and looks again where the two differ.
  func again(_ range: ReferenceRange, after first: IntervalRead.Result) async throws -> Result {
    let spans = Coverage(pages: first.pages).spans(of: range)
    let (reads, _) = try await inParallel(spans.map(\.range), as: .read(2))
    var result = Result(first: first)
    var second = IntervalRead.Result(firstTotal: 0)
    for (span, read) in zip(spans, reads) {
      let pages = read.result.pages
      second.append(read.result)
      if pages.map(\.content) != span.page.map({ [$0.content] }) ?? [] {
        try await settle(span, pages, &result)
      }
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
  ) -> [RowChange<Int>] {
    let changed = versions.dropFirst().reduce(into: Set<Int64>()) { ids, later in
      ids.formUnion(versions[0].differences(from: later))
    }
    return changed.sorted().map { id in
      let seen = versions.map { $0.rows[id] }
      let kind: RowChangeKind =
        seen.first == .some(nil) ? .appeared : seen.last == .some(nil) ? .deleted : .updated
      return RowChange(
        referenceId: id, kind: kind, isVolatile: unsettled.contains(id),
        versions: seen.enumerated().map { .init(read: $0.offset + 1, page: $0.element?.content) })
    }
  }

  /// One more count of nothing: where a read ended by counting, an empty page must follow.
  private func confirm(
    _ range: ReferenceRange, _ read: IntervalRead.Result
  ) async throws -> IntervalRead.Result {
    let last = read.pages.last?.range.through ?? range.after
    return try await reader.read(
      .init(after: last, through: range.through), as: .read(1), until: .empty)
  }

  /// A range that one reader reads, and what it read of it.
  private struct Part: Sendable {
    var range: ReferenceRange
    var end = PageWalk.End.counted
    var result = IntervalRead.Result()

    /// What is left of it, in halves; the last one ends as it was to end.
    var rest: [Part] {
      guard let rest = result.rest else { return [] }
      var halves = rest.split(into: 2, from: rest.after).map { Part(range: $0) }
      halves[halves.count - 1].end = end
      return halves
    }
  }

  /// What is done side by side with others.
  private enum Done: Sendable {
    /// A part is read, and its last page is still to be kept.
    case read(Part, last: IntervalRead.Accepted)
    case kept(Part)
    case answered(SideQuestions.Question, SideQuestions.Answer)
  }

  /// Reads ranges side by side, the last one until nothing follows, and asks the questions as soon as no range waits.
  ///
  /// At most as many requests are under way as may be, and none begins while more last pages than that are being kept; what
  /// was read is in the order of the ranges.
  private func inParallel(
    _ ranges: [ReferenceRange], as purpose: FetchedPage.Purpose, beside idle: IdleReaders? = nil,
    then questions: SideQuestions? = nil
  ) async throws -> ([Part], SideQuestions.Answers?) {
    try await withThrowingTaskGroup(of: Done.self) { group in
      // The last range first: nobody need wait for its last page, and then for nothing.
      var waiting = ranges.dropLast().reversed().map { Part(range: $0) }
      waiting += ranges.suffix(1).map { Part(range: $0, end: .empty) }
      var unasked = questions?.all ?? []
      var (asking, keeping) = (0, 0)
      func begin() {
        guard keeping <= concurrency else { return }
        while asking < concurrency, var part = waiting.popLast() {
          group.addTask {
            let (result, last) = try await reader.receive(
              part.range, as: purpose, until: part.end, beside: idle)
            part.result = result
            return .read(part, last: last)
          }
          asking += 1
        }
        while asking < concurrency, let questions, let question = unasked.popLast() {
          group.addTask { .answered(question, try await questions.ask(question)) }
          asking += 1
        }
        idle?.set(concurrency - asking)
      }
      begin()
      var parts: [Part] = []
      var answers: [SideQuestions.Question: SideQuestions.Answer] = [:]
      while let done = try await group.next() {
        switch done {
        case .read(var part, let last):
          asking -= 1
          keeping += 1
          let rest = part.rest
          if !rest.isEmpty { idle?.release() }
          waiting += rest
          group.addTask {
            try reader.keep(last, in: &part.result)
            return .kept(part)
          }
        case .kept(let part):
          keeping -= 1
          parts.append(part)
        case .answered(let question, let answer):
          asking -= 1
          answers[question] = answer
        }
        begin()
      }
      return (parts.sorted { $0.range.after < $1.range.after }, questions?.found(answers))
    }
  }
}

/// The rows of some pages, by reference id, to be held against those of another read.
struct RowVersions {
  /// A row's bytes and the content that holds them.
  struct Version: Equatable {
    var bytes: ArraySlice<UInt8>
    var content: Int

    static func == (left: Version, right: Version) -> Bool { left.bytes == right.bytes }
  }

  private(set) var rows: [Int64: Version] = [:]

  init(of pages: [ReadPage], in store: any PageStore) throws {
    for page in pages {
      let body = try store.body(of: page.content)
      for row in try PageScan.rows(of: body, page: "\(page.range)") {
        rows[row.referenceID] = Version(bytes: body[row.range], content: page.content)
      }
    }
  }

  /// The ids whose rows are not the same bytes in another read, rising.
  func differences(from other: RowVersions) -> [Int64] {
    Set(rows.keys).union(other.rows.keys).filter { rows[$0] != other.rows[$0] }.sorted()
  }
}
