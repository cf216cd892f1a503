import AuditEvidence
public import AuditFetch
public import AuditModel
import AuditReduce
import AuditRender

/// The main job: fetch, normalise, reduce, render, publish.
public struct AuditRun: Sendable {
  private let plan: AuditPlan
  private let now: Instant
  private let log: Log
  private let workers: Int
  private let network: Network

  /// The metrics that can be computed, in the order of the report.
  public static let knownMetrics = MetricKey.allCases.map(\.rawValue)

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
    let archive = try Archive.open(plan.archive, at: now)
    for leftover in archive.removedLeftovers {
      log.notice("removed \(leftover), which an interrupted run had left.")
    }
    let pack = try archive.beginPack()
    defer { pack.discard() }

    let (report, conversation, window) = try await report(into: pack)
    try writeInputs(template, into: pack)
    for artifact in try artifacts(of: report, template.report) {
      try pack.write(artifact.bytes, to: artifact.path, mediaType: artifact.mediaType)
    }
    try seal(pack, report, conversation)
    let publication = try pack.publish(as: window.name)
    if let notice = publication.notice { log.notice(notice) }
    if publication.wasAlreadyPublished {
      log.notice("already published, identical: \(publication.path)")
    }
    return AuditResult(
      pack: publication.path, wasAlreadyPublished: publication.wasAlreadyPublished,
      verdict: report.completeness.verdict, acceptUnproved: plan.acceptUnproved)
  }

  /// Obtains the pages, reduces their rows and puts the report together.
  private func report(
    into pack: PackBuilder
  ) async throws -> (ReportDocument, ConversationDocument?, Window) {
    var acquisition: Acquisition
    let outcome: Reduction.Outcome
    let journalHead: Digest
    let reduction = Reduction(plan: plan, pack: pack, now: now, workers: workers)
    switch plan.source {
    case .pages(let folder, let link):
      let pages = SavedPages(
        in: try PageFolder(at: folder), into: pack, link ? .linked : .copied)
      acquisition = .savedPages
      outcome = try await reduction.reduce(pages, asOf: plan.asOf.map(AsOf.option))
      journalHead = try pages.writeJournal(of: outcome.result.pages)
    case .server(let connection):
      let fetched = try await ServerRead(
        plan: plan, connection: connection, now: now, log: log, network: network
      ).read(into: pack)
      acquisition = fetched.acquisition
      journalHead = fetched.journalHead
      outcome = try await reduction.reduce(
        fetched.pages, asOf: plan.asOf.map(AsOf.option) ?? fetched.serverDate.map(AsOf.server))
      acquisition.openBefore = try reduction.countOpen(
        in: fetched.openPages, asOf: outcome.asOf.instant)
    case .sandbox: throw SourceError.sandboxNotStarted
    }
    let options = OptionsDocument(
      toolVersion: ToolVersion.current, asked: .init(plan),
      found: .init(acquisition, window: outcome.window, asOf: outcome.asOf))
    try pack.write(
      JSONFile.bytes(options), to: "evidence/inputs/options.json", mediaType: "application/json")
    let assembly = ReportAssembly(
      acquisition: acquisition, outcome: outcome, journalHead: journalHead.hexadecimal,
      omittedMetrics: Self.knownMetrics.filter { !plan.metrics.contains($0) })
    return (assembly.report(), acquisition.conversation, outcome.window)
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

  /// The files of the report in the formats that were asked for.
  private func artifacts(of report: ReportDocument, _ page: HTMLReport) throws -> [Artifact] {
    var artifacts: [Artifact] = []
    if plan.formats.contains(.json) { artifacts.append(try JSONReport.render(report)) }
    if plan.formats.contains(.html) { artifacts.append(try page.render(report)) }
    if plan.formats.contains(.csv) {
      artifacts += try TableFiles.render(report).map { table in
        guard plan.excel else { return table }
        return Artifact(
          path: table.path, mediaType: table.mediaType, bytes: ByteOrderMark.utf8 + table.bytes)
      }
      artifacts.append(try DataPackage.render(report))
    }
    return artifacts
  }

  /// Writes what proves the other files: the manifest, how to verify, and the digests.
  private func seal(
    _ pack: PackBuilder, _ report: ReportDocument, _ conversation: ConversationDocument?
  ) throws {
    try pack.write(VerifyText.unsigned, to: "VERIFY.txt", mediaType: "text/plain")
    let pages = pack.files.count { $0.path.hasPrefix("evidence/pages/") }
    var manifest = ManifestDocument(
      of: report, metrics: plan.metrics,
      options: Digest.of(try JSONFile.bytes(OptionsDocument.Asked(plan))), pages: pages,
      files: pack.files)
    manifest.conversation = conversation
    try pack.write(manifest.encoded(), to: "manifest.json", mediaType: "application/json")
    try pack.write(Checksums.of(pack.files), to: "SHA256SUMS", mediaType: "text/plain")
  }
}
