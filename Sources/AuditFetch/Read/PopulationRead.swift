import AuditModel

/// The whole fetch: preflight, reads, decision, cross-checks.
struct PopulationRead {
  let plan: FetchPlan
  let session: ServerSession
  let store: any PageStore
  let watch: @Sendable (FetchEvent) -> Void

  /// Where nothing is known of the largest reference id: the largest that every release can hold.
  private static let largestReferenceID = Int64(Int32.max)

  /// Reads everything; `meanwhile` works on the first read while the second one is under way.
  func run(_ meanwhile: (FirstRead) async throws -> Void) async throws -> FetchOutcome {
    let preflight = try await Preflight(session: session, plan: plan).run()
    var outcome =
      preflight.dialect.pagesByKey
      ? try await readByKey(preflight, meanwhile) : try await readByOffset(preflight)
    outcome.facts = session.facts
    outcome.asOf = outcome.asOf ?? outcome.facts.serverDate
    if let clamp = outcome.facts.clamp {
      outcome.notices.append(
        Notice(
          .pageSize,
          "The server returned \(clamp.returned) of \(clamp.asked) rows that were asked for, though it had more; "
            + "the read went on with its size."))
    }
    return outcome
  }

  private func readByKey(
    _ preflight: Preflight.Result, _ meanwhile: (FirstRead) async throws -> Void
  ) async throws -> FetchOutcome {
    var preflight = preflight
    if preflight.range == nil, preflight.total != nil, preflight.dialect.readsDates {
      try await doubtEmptiness(&preflight)
    }
    let dialect = preflight.dialect
    let window = dialect.readsDates ? plan.askedWindow : nil
    let progress = ReadProgress(session: session, total: preflight.total, watch: watch)
    let reader = IntervalRead(
      session: session, dialect: dialect, filter: window.map(InstanceFilter.started(in:)) ?? .none,
      window: window, store: store, progress: progress)
    let range = preflight.range ?? ReferenceRange(after: 0, through: Self.largestReferenceID)
    let (result, answers, first) = try await read(range, preflight, reader, meanwhile)
    var decision = CompletenessDecision(result, expected: preflight.total)
    if window == nil { decision.judgeOrder(of: result.first.pages) }
    var outcome = FetchOutcome(
      summary: ReadSummary(
        verdict: decision.verdict, reasons: decision.reasons, reads: result.second == nil ? 1 : 2))
    outcome.query = reader.query(for: range, limit: plan.pageSize)
    outcome.rows = result.first.rows
    outcome.changes = result.changes
    outcome.contents = Self.contents(result)
    if let first, outcome.contents == first.contents { outcome.asOf = first.serverDate }
    outcome.announcedTotal = Self.announced(result, expected: preflight.total)
    outcome.preflight = preflight.checks + answers.checks
    outcome.openContents = answers.openContents
    outcome.notices = answers.notices
    return outcome
  }

  private func read(
    _ range: ReferenceRange, _ preflight: Preflight.Result, _ reader: IntervalRead,
    _ meanwhile: (FirstRead) async throws -> Void
  ) async throws -> (DoubleRead.Result, SideQuestions.Answers, FirstRead?) {
    let reads = DoubleRead(reader: reader, concurrency: plan.concurrency, store: store)
    let isCountable = preflight.range != nil && preflight.dialect.readsDates
    let questions = SideQuestions(
      plan: plan, reader: reader, range: range, total: isCountable ? preflight.total : nil)
    let (first, answers) = try await reads.once(
      range, lowest: preflight.lowest, total: preflight.total, pageSize: plan.pageSize,
      beside: questions)
    let once = DoubleRead.Result(first: first)
    if plan.assurance == .counted { return (once, answers, nil) }
    let complete = FirstRead(
      contents: Self.contents(once), openContents: answers.openContents,
      olderRefused: answers.notices.first?.text, serverDate: session.facts.serverDate)
    watch(.firstRead(complete))
    async let second = reads.again(range, after: first)
    try await meanwhile(complete)
    return (try await second, answers, complete)
  }

  /// A server that misreads dates finds nothing: then the counts before and after the window do not add up, and do
  /// not when it is asked once more, since instances may have come between the counts.
  private func doubtEmptiness(_ preflight: inout Preflight.Result) async throws {
    let checks = CountChecks(session: session, dialect: preflight.dialect, window: plan.askedWindow)
    let asking = Preflight(session: session, plan: plan)
    for _ in 0..<2 {
      let check = try await checks.surroundings()
      if check.result == .passed {
        preflight.checks.append(check)
        return
      }
      try await asking.bound(&preflight)
      if preflight.range != nil { return }
    }
    preflight.checks.append(try await checks.surroundings())
    preflight.dialect.readsDates = false
    try await asking.bound(&preflight)
  }

  /// The contents to reduce: those of the first read in the order of their rows, then later ones that differ.
  private static func contents(_ result: DoubleRead.Result) -> [Int] {
    var seen = Set<Int>()
    return (result.first.pages.map(\.content) + result.laterContents).filter {
      seen.insert($0).inserted
    }
  }

  /// What the server counted when it was last asked for the whole range.
  private static func announced(_ result: DoubleRead.Result, expected: Int?) -> Int? {
    let last = result.second ?? result.first
    guard last.contradictions.isEmpty, !last.lacksTotals else { return expected }
    return last.firstTotal ?? expected
  }

  private func readByOffset(_ preflight: Preflight.Result) async throws -> FetchOutcome {
    let progress = ReadProgress(session: session, total: preflight.total, watch: watch)
    let read = OffsetRead(
      session: session, dialect: preflight.dialect, window: plan.askedWindow, store: store,
      progress: progress)
    let first = try await read.pass(1, pageSize: plan.pageSize)
    // Another size moves every boundary between pages.
    let second = try await read.pass(2, pageSize: max(1, plan.pageSize * 2 / 3))
    let refusal =
      preflight.checks.first {
        ["reference id", "order"].contains($0.name) && $0.result == .noted
      }?
      .detail ?? "not sorted"
    let decision = CompletenessDecision(
      offset: [first, second], distinct: first.ids.union(second.ids).count, refusal: refusal)
    var outcome = FetchOutcome(
      summary: ReadSummary(verdict: decision.verdict, reasons: decision.reasons, reads: 2))
    outcome.query = first.query
    outcome.rows = first.rows
    var seen = Set<Int>()
    outcome.contents = (first.contents + second.contents).filter { seen.insert($0).inserted }
    outcome.announcedTotal = second.total ?? first.total
    outcome.preflight = preflight.checks
    outcome.notices.append(Notice(.noBacklog, SideQuestions.noBacklog))
    return outcome
  }
}
