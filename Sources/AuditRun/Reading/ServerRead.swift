import AuditEvidence
import AuditFetch
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// The read of a server's instances.
struct ServerRead {
  let plan: AuditPlan
  let connection: Connection
  let now: Instant
  let observer: RunObserver
  let network: Network

  /// What a read leaves behind.
  struct Fetched {
    /// The pages to reduce.
    var pages: any StoredPages
    /// Open instances from before the window.
    var openPages: any StoredPages
    var journalHead: Digest
    /// The server's clock at the end of the read.
    var serverDate: Instant?
    var acquisition: Acquisition
    /// Why the read ended before its end, when what it had read is to be kept all the same.
    var failure: (any AuditFailure)?
  }

  /// Reads every page of the plan's window into a folder, and tells a listener when the first of two reads is complete.
  func read(
    of window: Window, into folder: ReadFolder,
    telling listener: AsyncStream<FirstRead>.Continuation
  ) async throws -> Fetched {
    defer {
      listener.finish()
      observer.fetchEnded()
    }
    if !folder.resumed.isEmpty {
      observer.notice(
        "resuming: \(folder.resumed.count) pages of an interrupted run are taken over.")
    }
    let fetcher = InstanceFetcher(
      plan: plan.fetch(of: window, from: connection, now: now), toolVersion: ToolVersion.current,
      network: network)
    do {
      let outcome = try await fetcher.fetch(into: folder) { event in
        observer.fetch(event)
        if case .firstRead(let read) = event { listener.yield(read) }
      }
      say(outcome)
      return fetched(outcome, folder, failure: nil)
    } catch let failure as any AuditFailure {
      guard plan.keepsPartial, !folder.firstRead.isEmpty else { throw failure }
      var outcome = FetchOutcome(
        incomplete: "The read ended before its end: \(failure)", contents: folder.firstRead)
      outcome.rows = try rows(of: outcome.contents, in: folder)
      return fetched(outcome, folder, failure: failure)
    }
  }

  private func rows(of contents: [Int], in folder: ReadFolder) throws -> Int {
    try contents.reduce(0) { sum, content in
      try sum + PageScan.rows(of: folder.body(of: content), page: "").count
    }
  }

  private func fetched(
    _ outcome: FetchOutcome, _ folder: ReadFolder, failure: (any AuditFailure)?
  ) -> Fetched {
    var acquisition = Acquisition(outcome, of: connection, kind: plan.sourceKind) { content in
      folder.pages([content]).name(at: 0)
    }
    // The report rests on the pages that were taken over as on those that were asked for: it is the same report.
    acquisition.requests += folder.resumed.count
    return Fetched(
      pages: folder.pages(outcome.contents), openPages: folder.pages(outcome.openContents),
      journalHead: folder.journalHead, serverDate: outcome.facts.serverDate,
      acquisition: acquisition, failure: failure)
  }

  private func say(_ outcome: FetchOutcome) {
    for check in outcome.preflight {
      let text = "\(check.name): \(check.detail)"
      if check.result == .noted { observer.notice(text) } else { observer.info(text) }
    }
    for finding in outcome.findings { observer.notice("\(finding.code): \(finding.text)") }
    let retries = outcome.facts.retries.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    observer.info(
      "\(outcome.facts.requests) requests"
        + (retries.isEmpty ? "" : ", sent again: \(retries.joined(separator: ", "))"))
  }
}
