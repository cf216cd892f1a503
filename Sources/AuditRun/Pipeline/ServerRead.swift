import AuditEvidence
import AuditFetch
import AuditModel

/// The read of a server's instances into a pack.
struct ServerRead {
  let plan: AuditPlan
  let connection: Connection
  let now: Instant
  let log: Log
  let network: Network

  /// What a read leaves behind.
  struct Fetched {
    var pages: any StoredPages
    /// Open instances from before the window.
    var openPages: any StoredPages
    var journalHead: Digest
    /// The server's clock at the end of the read.
    var serverDate: Instant?
    var acquisition: Acquisition
  }

  /// Reads every page of the plan's window.
  func read(into pack: PackBuilder) async throws -> Fetched {
    guard let window = plan.window else { throw ReductionError.noWindow }
    let store = ServerPages(into: pack)
    defer { log.endProgress() }
    let fetcher = InstanceFetcher(
      plan: plan.fetch(of: window, from: connection, now: now), toolVersion: ToolVersion.current,
      network: network)
    let outcome = try await fetcher.fetch(into: store) { [log] progress in
      log.info(
        "read \(progress.read), page \(progress.pages): \(progress.page.body.count) bytes, "
          + progress.page.request)
      log.progress(
        Progress(pages: progress.pages, instances: progress.rows, total: progress.total))
    }
    say(outcome)
    return Fetched(
      pages: store.pages(outcome.contents), openPages: store.pages(outcome.openContents),
      journalHead: try store.finish(), serverDate: outcome.facts.serverDate,
      acquisition: Acquisition(outcome, of: connection, kind: plan.sourceKind) { content in
        store.pages([content]).name(at: 0)
      })
  }

  private func say(_ outcome: FetchOutcome) {
    for check in outcome.preflight {
      let text = "\(check.name): \(check.detail)"
      if check.result == .noted { log.notice(text) } else { log.info(text) }
    }
    for finding in outcome.findings { log.notice("\(finding.code): \(finding.text)") }
    let retries = outcome.facts.retries.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    log.info(
      "\(outcome.facts.requests) requests"
        + (retries.isEmpty ? "" : ", sent again: \(retries.joined(separator: ", "))"))
  }
}
