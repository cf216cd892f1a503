import AuditEvidence
import AuditFetch
import AuditModel

/// The read of a server's instances into a pack.
struct ServerRead {
  let plan: AuditPlan
  let connection: Connection
  let log: Log
  let network: Network

  /// What a read leaves behind.
  struct Fetched {
    var pages: any StoredPages
    var journalHead: Digest
    var serverDate: Instant?
    var acquisition: Acquisition
  }

  /// Reads every page of the plan's window.
  func read(into pack: PackBuilder) async throws -> Fetched {
    guard let window = plan.window else { throw ReductionError.noWindow }
    let kept = try ServerPages(into: pack)
    var progress = Progress(pages: 0, instances: 0, total: nil)
    defer { log.endProgress() }
    let fetcher = InstanceFetcher(
      plan: FetchPlan(connection: connection, window: window, pageSize: plan.pageSize),
      toolVersion: ToolVersion.current, network: network)
    let summary = try await fetcher.fetch { fetched in
      try kept.keep(fetched.page, rows: fetched.rows)
      progress.pages += 1
      progress.instances += fetched.rows
      log.info(
        "page \(progress.pages): \(fetched.rows) rows, \(fetched.page.body.count) bytes, "
          + fetched.page.request)
      log.progress(progress)
    }
    log.info(
      "\(summary.requests) requests, parameter names \(summary.parameterStyle.rawValue), "
        + "product version \(summary.productVersion ?? "not named")")
    let (pages, journalHead) = try kept.finish()
    return Fetched(
      pages: pages, journalHead: journalHead, serverDate: summary.serverDate,
      acquisition: Acquisition(
        source: SourceDocument(
          kind: plan.sourceKind, server: connection.server.description,
          productVersion: summary.productVersion, principal: connection.credentials.principal,
          tlsPeer: summary.peerCertificate.map { Digest.of($0).hexadecimal }),
        query: summary.query, announcedTotal: summary.announcedTotal, reads: 1,
        requests: summary.requests, reasons: [Acquisition.oneRead]))
  }
}
