import AuditEvidence
public import AuditFetch
public import AuditModel
public import AuditReduce
import AuditRender
import SafeXLSX

/// The main job: fetch, normalise, reduce, render, publish.
public struct AuditRun: Sendable {
  private let plan: AuditPlan
  private let now: Instant
  private let log: Log
  private let workers: Int
  private let network: Network

  /// The metrics that can be computed, in the order of the report.
  public static let knownMetrics = MetricKey.allCases

  /// Makes a run of a plan; `now` is this machine's time, `workers` how many processors it may use.
  public init(
    plan: AuditPlan, now: Instant, log: Log, workers: Int, network: Network = .real
  ) {
    self.plan = plan
    self.now = now
    self.log = log
    self.workers = workers
    self.network = network
  }

  /// Does what the plan says; nothing stands under a final name unless it is complete.
  public func run() async throws -> AuditResult {
    let template = try ReportTemplate(folder: plan.templateFolder)
    if let previous = plan.previous { _ = try StoredFile.open("\(previous)/manifest.json") }
    let archive = try Archive.open(plan.archive, at: now)
    let previous = try previous(in: archive)
    for leftover in archive.removedLeftovers {
      log.notice("removed \(leftover), which an interrupted run had left.")
    }
    let pack = try archive.beginPack()
    defer { pack.discard() }
    guard case .server(let connection) = plan.source else {
      let source = try await savedPages(into: pack, previous)
      return try publish(try assemble(source, previous), template, pack)
    }
    let folder = try openRead(of: connection, in: archive)
    defer { removeIfEmpty(folder) }
    let source = try await serverPages(of: connection, folder, into: pack, previous)
    let result = try publish(try assemble(source, previous), template, pack)
    try folder.remove()
    return result
  }

  /// Pages that have been reduced, and how they were obtained.
  private struct Source {
    var acquisition: Acquisition
    var outcome: Reduction.Outcome
    var journalHead: Digest
    var pack: PackBuilder
    /// Why the read ended before its end.
    var failure: (any AuditFailure)?
  }

  /// A report and what the manifest says beside it.
  private struct Assembled {
    var report: ReportDocument
    var conversation: ConversationDocument?
    var window: Window
    var asOf: Instant
    var workbook: Workbook?
    var failure: (any AuditFailure)?
  }

  /// The earlier pack: the one that was named, else for a server the newest in the archive.
  private func previous(in archive: borrowing Archive) throws -> PreviousComparison {
    guard case .server(let connection) = plan.source else {
      return PreviousComparison(path: plan.previous, server: nil, window: plan.window)
    }
    return PreviousComparison(
      path: try plan.previous ?? archive.newestPack(), server: connection.server.description,
      window: plan.window)
  }

  private func reduction(into pack: PackBuilder, _ previous: PreviousComparison) -> Reduction {
    Reduction(plan: plan, pack: pack, now: now, workers: workers, earlier: previous.earlier)
  }

  private func savedPages(
    into pack: PackBuilder, _ previous: PreviousComparison
  ) async throws -> Source {
    guard case .pages(let folder, let link) = plan.source else {
      throw SourceError.sandboxNotStarted
    }
    let pages = SavedPages(in: try PageFolder(at: folder), into: pack, link ? .linked : .copied)
    let outcome = try await reduction(into: pack, previous).reduce(
      pages, older: (nil, nil), asOf: plan.asOf.map(AsOf.option))
    return Source(
      acquisition: .savedPages, outcome: outcome,
      journalHead: try pages.writeJournal(of: outcome.result.pages), pack: pack)
  }

  /// The folder for a read's pages; with those of an interrupted run that asked the same.
  private func openRead(of connection: Connection, in archive: Archive) throws -> ReadFolder {
    let asked = try JSONFile.bytes(OptionsDocument.Asked(plan))
    let account = "\(connection.server) \(connection.credentials.principal ?? "") \(plan.pageSize)"
    let (folder, setAside) = try archive.openRead(
      key: Digest.of(asked + Array(account.utf8)), toolVersion: ToolVersion.current, now: now)
    if let setAside {
      log.notice("the pages of an interrupted run are not taken over: \(setAside).")
    }
    return folder
  }

  private func serverPages(
    of connection: Connection, _ folder: ReadFolder, into pack: PackBuilder,
    _ previous: PreviousComparison
  ) async throws -> Source {
    guard let window = plan.window else { throw ReductionError.noWindow }
    let fetched = try await ServerRead(
      plan: plan, connection: connection, now: now, log: log, network: network
    ).read(of: window, into: folder)
    try folder.enter(into: pack)
    let outcome = try await reduction(into: pack, previous).reduce(
      fetched.pages, older: (fetched.openPages, fetched.acquisition.olderRefused),
      asOf: plan.asOf.map(AsOf.option) ?? fetched.serverDate.map(AsOf.server))
    return Source(
      acquisition: fetched.acquisition, outcome: outcome, journalHead: fetched.journalHead,
      pack: pack, failure: fetched.failure)
  }

  /// What was never begun need not be resumed.
  private func removeIfEmpty(_ folder: ReadFolder) {
    guard folder.isEmpty else { return }
    do {
      try folder.remove()
    } catch {
      log.notice(error.description)
    }
  }

  /// Puts the report together.
  private func assemble(_ source: Source, _ previous: PreviousComparison) throws -> Assembled {
    var acquisition = source.acquisition
    acquisition.findings += previous.findings(
      source.outcome.window, source.outcome.result.population)
    acquisition.openBefore = source.outcome.openBefore
    acquisition.comparedWith = previous.pack?.name
    if let pack = previous.pack, let earlier = previous.earlier {
      try source.pack.write(
        JSONFile.bytes(PreviousDocument(earlier, of: pack)), to: "evidence/inputs/previous.json",
        mediaType: "application/json")
    }
    let options = OptionsDocument(
      toolVersion: ToolVersion.current, asked: .init(plan),
      found: .init(acquisition, window: source.outcome.window, asOf: source.outcome.asOf))
    try source.pack.write(
      JSONFile.bytes(options), to: "evidence/inputs/options.json", mediaType: "application/json")
    let assembly = ReportAssembly(
      acquisition: acquisition, outcome: source.outcome,
      journalHead: source.journalHead.hexadecimal,
      askedMetrics: plan.metrics, hasCalendar: plan.settings.calendar != nil,
      preparedFor: plan.preparedFor)
    return Assembled(
      report: assembly.report(), conversation: acquisition.conversation,
      window: source.outcome.window, asOf: source.outcome.asOf.instant,
      workbook: source.outcome.workbook, failure: source.failure)
  }

  /// Writes the files of the report and gives the pack its name.
  private func publish(
    _ assembled: Assembled, _ template: ReportTemplate, _ pack: PackBuilder
  ) throws -> AuditResult {
    try writeInputs(template, into: pack)
    try render(assembled.report, template.report) { artifact in
      try pack.write(artifact.bytes, to: artifact.path, mediaType: artifact.mediaType)
    }
    if let workbook = assembled.workbook {
      try TableSheets.write(assembled.report, to: workbook)
      try workbook.finish(created: assembled.asOf.milliseconds / 1000)
      try pack.enterReserved(
        RowFiles.workbookPath,
        mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
    try writeManifest(of: assembled, into: pack)
    if let failure = assembled.failure {
      let path = try pack.publishIncomplete(as: assembled.window.name)
      log.notice("what was read is kept, watermarked and without SHA256SUMS: \(path)")
      throw failure
    }
    try seal(pack)
    let publication = try pack.publish(as: assembled.window.name)
    if let notice = publication.notice { log.notice(notice) }
    if publication.wasAlreadyPublished {
      log.notice("already published, identical: \(publication.path)")
    }
    return AuditResult(
      pack: publication.path, wasAlreadyPublished: publication.wasAlreadyPublished,
      verdict: assembled.report.completeness.verdict, acceptUnproved: plan.acceptUnproved)
  }

  private func writeInputs(_ template: ReportTemplate, into pack: PackBuilder) throws {
    if let configuration = plan.configurationBytes {
      try pack.write(
        configuration, to: "evidence/inputs/config.yaml", mediaType: "application/yaml")
    }
    if let custom = template.custom {
      try pack.write(
        custom, to: "evidence/inputs/template/\(ReportTemplate.file)", mediaType: "text/html")
    }
  }

  /// Renders the files of the report in the formats that were asked for, one at a time.
  private func render(
    _ report: ReportDocument, _ page: HTMLReport, keep: (Artifact) throws -> Void
  ) throws {
    if plan.formats.contains(.json) { try keep(JSONReport.render(report)) }
    if plan.formats.contains(.html) { try keep(page.render(report)) }
    guard plan.formats.contains(.csv) else { return }
    try TableFiles.render(report) { table in
      guard plan.excel else { return try keep(table) }
      try keep(
        Artifact(
          path: table.path, mediaType: table.mediaType, bytes: ByteOrderMark.utf8 + table.bytes))
    }
    try keep(DataPackage.render(report))
  }

  private func writeManifest(of assembled: Assembled, into pack: PackBuilder) throws {
    if assembled.failure == nil {
      try pack.write(VerifyText.unsigned, to: "VERIFY.txt", mediaType: "text/plain")
    }
    let pages = pack.files.count { $0.path.hasPrefix("evidence/pages/") }
    var manifest = ManifestDocument(
      of: assembled.report, metrics: plan.metrics,
      options: Digest.of(try JSONFile.bytes(OptionsDocument.Asked(plan))), pages: pages,
      files: pack.files)
    manifest.conversation = assembled.conversation
    try pack.write(manifest.encoded(), to: "manifest.json", mediaType: "application/json")
  }

  /// Writes what proves the other files.
  private func seal(_ pack: PackBuilder) throws {
    try pack.write(Checksums.of(pack.files), to: "SHA256SUMS", mediaType: "text/plain")
  }
}
