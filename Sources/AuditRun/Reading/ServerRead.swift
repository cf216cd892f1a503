import AuditFetch
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// The read of a server's instances into a folder of the archive, from where an interrupted run is resumed.
struct ServerRead: PageSource {
  let plan: AuditPlan
  let connection: Connection
  let folder: ReadFolder
  let pack: PackBuilder
  let now: Instant
  let observer: RunObserver
  let network: Network

  /// Reads every page of the plan's window, reduces the first read while the second one confirms it, and enters the pages
  /// into the pack.
  func read(for reduction: Reduction) async throws -> PagesRead {
    guard let window = plan.window else { throw ReductionError.noWindow }
    defer { observer.fetchEnded() }
    if !folder.resumed.isEmpty {
      observer.info(
        "resuming: \(Counted(folder.resumed.count, "response").phrase) of an interrupted run will be used."
      )
    }
    var early: SpeculativeReduction?
    let (outcome, failure) = try await fetch(window) { first in
      // With the definitions, which come last, other figures follow.
      if plan.controlDesign { return }
      early = try await reduction.begin(
        folder.pages(first.contents),
        older: (folder.pages(first.openContents), first.olderRefused), asOf: asOf(first.serverDate))
    } definitions: { outcome in
      guard plan.controlDesign else { return nil }
      return try reduction.definitions(
        of: folder.pages(outcome.contents), asOf: asOf(outcome.asOf)?.instant ?? now
      ).compactMap(DefinitionQuestion.init)
    }
    try folder.enter(into: pack, isResumed: failure != nil)
    return PagesRead(
      pages: folder.pages(outcome.contents), openPages: folder.pages(outcome.openContents),
      asOf: asOf(outcome.asOf),
      acquisition: acquisition(outcome), design: try design(outcome), early: early,
      failure: failure)
  }

  /// What the server says of the definitions.
  private func design(_ outcome: FetchOutcome) throws -> ControlDesign? {
    try outcome.definitions.map { answers in
      ControlDesign(
        apiVersion: answers.apiVersion, refused: answers.refused,
        records: try folder.definitions())
    }
  }

  /// The instant that was asked for, else the server's.
  private func asOf(_ server: Instant?) -> AsOf? {
    plan.asOf.map(AsOf.option) ?? server.map(AsOf.server)
  }

  func finishJournal(of pages: [PageContent]) -> JournalFacts { folder.journalFacts }

  func complete() throws { try folder.remove() }

  /// What was never begun need not be resumed.
  func close() {
    guard folder.isEmpty else { return }
    do {
      try folder.remove()
    } catch {
      observer.warning(error.message)
    }
  }

  /// Fetches; a read that ends before its end is an outcome where what it has read is to be kept.
  private func fetch(
    _ window: Window, meanwhile: (FirstRead) async throws -> Void,
    definitions: (FetchOutcome) async throws -> [DefinitionQuestion]?
  ) async throws -> (FetchOutcome, failure: (any AuditFailure)?) {
    let fetcher = InstanceFetcher(
      plan: plan.fetch(of: window, from: connection, now: now), toolVersion: ToolVersion.current,
      network: network)
    do {
      // A thread for each request and for each page that waits for the disk meanwhile: neither waits for another.
      let outcome = try await WorkerThreads.run(3 * plan.concurrency) {
        try await fetcher.fetch(
          into: folder, watch: observer.fetch, meanwhile: meanwhile,
          definitions: definitions)
      }
      say(outcome)
      return (outcome, nil)
    } catch let failure as any AuditFailure {
      guard plan.keepsPartial, !folder.firstRead.isEmpty else { throw failure }
      var outcome = FetchOutcome(
        incomplete: "The read ended before its end: \(failure)", contents: folder.firstRead)
      outcome.rows = try rows(of: outcome.contents)
      return (outcome, failure)
    }
  }

  private func rows(of contents: [Int]) throws -> Int {
    try contents.reduce(0) { sum, content in
      try sum + PageScan.rows(of: folder.body(of: content), page: "").count
    }
  }

  private func acquisition(_ outcome: FetchOutcome) -> Acquisition {
    var acquisition = Acquisition(outcome, of: connection, kind: plan.source.kind) {
      content in
      folder.pages([content]).name(at: 0)
    }
    // The report rests on the pages that were taken over as on those that were asked for: it is the same report.
    acquisition.requests += folder.resumed.count
    return acquisition
  }

  private func say(_ outcome: FetchOutcome) {
    for check in outcome.preflight {
      if check.result == .noted {
        observer.warning(Message(.serverPeculiarity, check.name, check.detail))
      } else {
        observer.detail("\(check.name): \(check.detail)")
      }
    }
    for notice in outcome.notices {
      observer.warning(Message(.readNotice, notice.code, notice.text))
    }
    if let answers = outcome.definitions, let words = answers.failure ?? answers.refused {
      observer.warning(Message(.definitionsNotRead, words))
    }
    let retries = outcome.facts.retries.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    observer.detail(
      "\(outcome.facts.requests) requests"
        + (retries.isEmpty ? "" : ", sent again: \(retries.joined(separator: ", "))"))
  }
}
