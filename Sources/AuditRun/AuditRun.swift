import AuditEvidence
package import AuditFetch
import AuditFiles
package import AuditModel
import AuditPacks
package import AuditPlan
import AuditRender
import AuditReport
import AuditTransport
import SafeXLSX

/// The main job: fetch, normalise, reduce, render, publish.
package struct AuditRun: Sendable {
  private let plan: AuditPlan
  private let instances: InstanceSource
  private let now: Instant
  private let observer: RunObserver
  private let workers: Int
  private let network: Network
  private let variables: EnvironmentVariables
  private let nonce: UInt64

  /// Makes a run of a plan at this machine's time, which may use so many processors.
  ///
  /// Of a plan with the sandbox, the source is its server. Of the environment a signing command gets all but credentials,
  /// and a time-stamp is asked for with a number that was never used before.
  package init(
    plan: AuditPlan, source: InstanceSource, now: Instant, observer: RunObserver, workers: Int,
    network: Network = .real, variables: EnvironmentVariables = EnvironmentVariables(),
    nonce: UInt64 = .random(in: .min ... .max)
  ) {
    self.plan = plan
    self.instances = source
    (self.now, self.observer, self.workers, self.network) = (now, observer, workers, network)
    (self.variables, self.nonce) = (variables, nonce)
  }

  /// Does what the plan says, in six stages; nothing has its final name unless it is complete.
  package func run() async throws -> AuditResult {
    let ready = try await prepare()
    let pack = try ready.archive.beginPack()
    defer { pack.discard() }
    let source = try source(in: ready.archive, pack)
    defer { source.close() }
    var reduction = Reduction(
      plan: plan, files: pack, now: now, workers: workers, earlier: ready.previous.earlier)
    var read = try await source.read(for: reduction)
    reduction.design = read.design
    let outcome = try await reduction.reduce(
      read.pages, older: (read.openPages, read.acquisition.olderRefused), asOf: read.asOf,
      early: read.early.take())
    let contents = assemble(
      outcome, read, try source.finishJournal(of: outcome.result.pages), ready)
    try await write(contents, ready.template, into: pack)
    if let failure = read.failure { try keepIncomplete(contents, ready, pack, failure) }
    let result = try await publish(contents, ready, pack)
    try source.complete()
    return plan.bundle ? await bundle(result) : result
  }

  /// What a run needs before its first request.
  private struct Ready {
    var template: ReportTemplate
    var archive: Archive
    /// The earlier pack that this one follows, and is compared with.
    var previous: PreviousComparison
    var sealer: PackSealer
  }

  /// Checks all that can be checked before the first request: what cannot end well shall not cost a night.
  private func prepare() async throws -> Ready {
    try plan.checkFormats()
    let template = try ReportTemplate(named: plan.templateFolder)
    if let previous = plan.previous {
      _ = try StoredPack(at: previous).read("manifest.json", limit: FileLimit.manifest)
    }
    let archive = try Archive.open(plan.archive, at: now, allowsShared: plan.allowShared)
    if case .pages(let folder, let link) = instances {
      try archive.checkSpace(forPagesIn: folder, linked: link)
    } else {
      try archive.checkSpace()
    }
    let previous = try await previous(in: archive)
    for leftover in archive.removedLeftovers {
      observer.info("removed \(leftover), left by an interrupted run.")
    }
    if !archive.synchronisesNames {
      observer.warning(Message(.namesNotSynchronised, archive.path))
    }
    let sealer = try await PackSealer(
      plan.sealing, environment: variables, network: network, nonce: nonce, at: now)
    return Ready(template: template, archive: archive, previous: previous, sealer: sealer)
  }

  /// The earlier pack: the one that was named, else the newest in the archive.
  ///
  /// Saved pages do not say whose they are, so that they are compared only with a pack that was named.
  private func previous(in archive: Archive) async throws -> PreviousComparison {
    let earlier = try earlier(in: archive)
    let damage = try await integrity.check(earlier.newest)
    let server: ServerAddress? =
      if case .server(let connection) = instances { connection.server } else { nil }
    return try PreviousComparison(
      earlier, damage: damage, server: server?.description, window: plan.window,
      compares: server != nil || plan.previous != nil)
  }

  /// What the archive holds; with a pack that was named it need not be known.
  private func earlier(in archive: Archive) throws -> Archive.Earlier {
    if let previous = plan.previous { return .init(newest: previous) }
    let earlier = try plan.restartsChain ? archive.restart() : archive.earlier()
    for finding in earlier.findings { observer.warning(Message(.earlierPackNotice, finding.text)) }
    if let notice = earlier.notice { observer.detail(notice) }
    return earlier
  }

  private var integrity: PackIntegrity { PackIntegrity(isForced: plan.force, workers: workers) }

  /// Where the pages come from.
  private func source(in archive: Archive, _ pack: PackBuilder) throws -> any PageSource {
    switch instances {
    case .server(let connection):
      ServerRead(
        plan: plan, connection: connection, folder: try openRead(of: connection, in: archive),
        pack: pack, now: now, observer: observer, network: network)
    case .pages(let folder, let link):
      SavedPages(
        in: try PageFolder(at: folder), into: pack, link ? .linked : .copied, observer: observer)
    }
  }

  /// The folder for a read's pages; with those of an interrupted run that asked the same.
  private func openRead(of connection: Connection, in archive: Archive) throws -> ReadFolder {
    // Decisions from elsewhere do not change what is read.
    var options = OptionsDocument.Asked(plan)
    options.approvals = nil
    let asked = try JSONFile.bytes(options)
    let account = "\(connection.server) \(connection.credentials.principal ?? "") \(plan.pageSize)"
    let (folder, setAside) = try archive.openRead(
      key: Digest.of(asked + Array(account.utf8)), toolVersion: ToolVersion.current, now: now)
    if let setAside { observer.warning(Message(.notResuming, setAside)) }
    return folder
  }

  /// Puts together what the pack says.
  private func assemble(
    _ outcome: Reduction.Outcome, _ read: PagesRead, _ journal: JournalFacts, _ ready: Ready
  ) -> PackContents {
    let previous = ready.previous
    var acquisition = read.acquisition
    acquisition.notices += previous.findings(outcome.window, outcome.result.population)
    acquisition.openBefore = outcome.openBefore
    acquisition.comparedWith = previous.pack?.name
    var surroundings = PackContents.Surroundings(journal: journal, previous: previous.link)
    surroundings.chainRestart = previous.restart
    // What is not whole is not signed.
    surroundings.signer = read.failure == nil ? ready.sealer.signer : nil
    return PackContents(
      of: outcome, acquisition, in: surroundings, comparedWith: previous.document, plan: plan)
  }

  /// Writes the report's files and the inputs of the run.
  private func write(
    _ contents: PackContents, _ template: ReportTemplate, into pack: PackBuilder
  ) async throws {
    try contents.writeInputs(into: pack)
    let given = [
      (plan.configurationBytes, PackContents.configuration, "application/yaml"),
      (plan.policy?.bytes, PackContents.policy, "application/yaml"),
      (plan.approvals?.bytes, PackContents.approvals, "text/csv"),
      (template.custom, PackContents.template, "text/html"),
    ]
    for case (let bytes?, let path, let mediaType) in given {
      try pack.write(bytes, to: path, mediaType: mediaType)
    }
    try await contents.report.write(by: template, into: pack)
  }

  /// Keeps what was read before a failure, without what would make it look whole, and fails.
  private func keepIncomplete(
    _ contents: PackContents, _ ready: Ready, _ pack: PackBuilder, _ failure: any AuditFailure
  ) throws -> Never {
    try contents.writeManifest(into: pack)
    let path = try ready.archive.publishIncomplete(pack, as: contents.outcome.window.name)
    observer.warning(Message(.keptIncomplete, path))
    throw failure
  }

  /// Seals the pack and gives it its name.
  private func publish(
    _ contents: PackContents, _ ready: Ready, _ pack: PackBuilder
  ) async throws -> AuditResult {
    let failure = try await ready.sealer.seal(contents, in: pack)
    if let failure { observer.warning(Message(.noTimestamp, failure.message.text)) }
    let name = contents.outcome.window.name
    let damage = try await integrity.check(ready.archive.newestPack(of: name))
    let publication = try ready.archive.publish(pack, as: name, beside: !damage.isEmpty)
    if let notice = publication.notice { observer.warning(Message(.latestNotUpdated, notice)) }
    if publication.wasAlreadyPublished {
      observer.info("already published, identical: \(publication.path)")
    }
    if let judgement = contents.report.judgement { observer.tell(judgement, of: plan.policy) }
    return AuditResult(
      pack: publication.path, wasAlreadyPublished: publication.wasAlreadyPublished,
      completeness: contents.report.document.completeness,
      acceptUnproved: plan.acceptUnproved, judgement: contents.report.judgement,
      facts: AuditResult.Facts(
        instances: contents.report.document.metrics.population.instances,
        gates: PolicyTally(contents.report.judgement?.gates ?? []),
        merkleRoot: contents.report.document.cover.merkleRoot ?? "",
        manifestSha256: try StoredFile.digest("\(publication.path)/manifest.json").digest
          .hexadecimal))
  }

  /// Puts the published pack into one file beside it.
  private func bundle(_ result: AuditResult) async -> AuditResult {
    var result = result
    switch await RunBundle(pack: result.pack, workers: workers).make() {
    case .success((let path, let notice)):
      result.bundle = path
      observer.info(notice)
    case .failure(let failure):
      result.bundleFailure = failure
      result.exitStatus = failure.exitStatus
      observer.warning(Message(.bundleNotWritten, TerminalText.sanitized(result.pack)))
    }
    return result
  }
}
