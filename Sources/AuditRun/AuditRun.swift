import AuditEvidence
package import AuditFetch
import AuditFiles
package import AuditModel
import AuditPacks
package import AuditPlan
import AuditReduce
import AuditRender
import AuditReport
import AuditTransport
import SafeXLSX

/// The main job: fetch, normalise, reduce, render, publish.
package struct AuditRun: Sendable {
  private let plan: AuditPlan
  private let now: Instant
  private let observer: RunObserver
  private let workers: Int
  private let network: Network
  private let variables: EnvironmentVariables
  private let nonce: UInt64

  /// Makes a run of a plan.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - now: This machine's time.
  ///   - observer: Hears what happens.
  ///   - workers: How many processors it may use.
  ///   - network: How servers are reached.
  ///   - variables: The environment, of which a signing command gets all but credentials.
  ///   - nonce: A number that a time-stamp is asked for with, never used before.
  package init(
    plan: AuditPlan, now: Instant, observer: RunObserver, workers: Int, network: Network = .real,
    variables: EnvironmentVariables = [:], nonce: UInt64 = .random(in: .min ... .max)
  ) {
    self.plan = plan
    self.now = now
    self.observer = observer
    self.workers = workers
    self.network = network
    self.variables = variables
    self.nonce = nonce
  }

  /// Does what the plan says; nothing stands under a final name unless it is complete.
  package func run() async throws -> AuditResult {
    let template = try ReportTemplate(folder: plan.templateFolder)
    if let previous = plan.previous { _ = try StoredFile.open("\(previous)/manifest.json") }
    let archive = try Archive.open(plan.archive, at: now, allowsShared: plan.allowShared)
    if case .pages(let folder, let link) = plan.source {
      try archive.checkSpace(forPagesIn: folder, linked: link)
    } else {
      try archive.checkSpace()
    }
    let previous = try await previous(in: archive)
    for leftover in archive.removedLeftovers {
      observer.notice("removed \(leftover), which an interrupted run had left.")
    }
    if !archive.synchronisesNames {
      observer.notice(
        "folders cannot be synchronised on the file system of \(archive.path): after a power failure the newest pack "
          + "may be missing.")
    }
    let sealer = try await PackSealer(
      plan.sealing, environment: variables, network: network, nonce: nonce, at: now)
    let pack = try archive.beginPack()
    defer { pack.discard() }
    guard case .server(let connection) = plan.source else {
      let source = try await savedPages(into: pack, previous)
      return try await publish(try assemble(source, previous, sealer), template, pack, in: archive)
    }
    let folder = try openRead(of: connection, in: archive)
    defer { removeIfEmpty(folder) }
    let source = try await serverPages(of: connection, folder, into: pack, previous)
    let result = try await publish(
      try assemble(source, previous, sealer), template, pack, in: archive)
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
    var documents: PackDocuments
    /// The pack that this one follows.
    var previous: ManifestDocument.Previous?
    /// That it begins a new chain.
    var restart: ManifestDocument.ChainRestart?
    var sealer: PackSealer
    /// What the policy says; `nil` without one.
    var judgement: PolicyJudgement?
    var workbook: Workbook?
    var failure: (any AuditFailure)?
  }

  /// The earlier pack: the one that was named, else the newest in the archive.
  ///
  /// Saved pages do not say whose they are, so that they are compared only with a pack that was named.
  private func previous(in archive: Archive) async throws -> PreviousComparison {
    let earlier = try earlier(in: archive)
    let damage = try await integrity.check(earlier.newest)
    guard case .server(let connection) = plan.source else {
      return try PreviousComparison(
        earlier, damage: damage, server: nil, window: plan.window,
        compares: plan.previous != nil)
    }
    return try PreviousComparison(
      earlier, damage: damage, server: connection.server.description, window: plan.window,
      compares: true)
  }

  /// What the archive holds; with a pack that was named it need not be known.
  private func earlier(in archive: Archive) throws -> Archive.Earlier {
    if let previous = plan.previous { return .init(newest: previous) }
    let earlier = try plan.restartsChain ? archive.restart() : archive.earlier()
    for finding in earlier.findings { observer.notice(finding.text) }
    if let notice = earlier.notice { observer.info(notice) }
    return earlier
  }

  private var integrity: PackIntegrity { PackIntegrity(isForced: plan.force, workers: workers) }

  private func reduction(into pack: PackBuilder, _ previous: PreviousComparison) -> Reduction {
    Reduction(plan: plan, files: pack, now: now, workers: workers, earlier: previous.earlier)
  }

  private func savedPages(
    into pack: PackBuilder, _ previous: PreviousComparison
  ) async throws -> Source {
    guard case .pages(let folder, let link) = plan.source else {
      throw SourceError.sandboxNotStarted
    }
    let saved = try PageFolder(at: folder)
    let acquisition = Acquisition(of: saved)
    for finding in acquisition.findings { observer.notice("\(finding.code): \(finding.text)") }
    let pages = SavedPages(in: saved, into: pack, link ? .linked : .copied)
    let outcome = try await reduction(into: pack, previous).reduce(
      pages, older: (nil, nil), asOf: plan.asOf.map(AsOf.option))
    return Source(
      acquisition: acquisition, outcome: outcome,
      journalHead: try pages.writeJournal(of: outcome.result.pages), pack: pack)
  }

  /// The folder for a read's pages; with those of an interrupted run that asked the same.
  private func openRead(of connection: Connection, in archive: Archive) throws -> ReadFolder {
    let asked = try JSONFile.bytes(OptionsDocument.Asked(plan))
    let account = "\(connection.server) \(connection.credentials.principal ?? "") \(plan.pageSize)"
    let (folder, setAside) = try archive.openRead(
      key: Digest.of(asked + Array(account.utf8)), toolVersion: ToolVersion.current, now: now)
    if let setAside {
      observer.notice("the pages of an interrupted run are not taken over: \(setAside).")
    }
    return folder
  }

  private func serverPages(
    of connection: Connection, _ folder: ReadFolder, into pack: PackBuilder,
    _ previous: PreviousComparison
  ) async throws -> Source {
    guard let window = plan.window else { throw ReductionError.noWindow }
    let read = ServerRead(
      plan: plan, connection: connection, now: now, observer: observer, network: network)
    let reduction = reduction(into: pack, previous)
    let (firstReads, listener) = AsyncStream.makeStream(of: FirstRead.self)
    async let ending = read.read(of: window, into: folder, telling: listener)
    var early: EarlyPass?
    for await first in firstReads {
      early = try await reduction.begin(
        folder.pages(first.contents), asOf: plan.asOf ?? first.serverDate)
    }
    let fetched = try await ending
    try folder.enter(into: pack, isResumed: fetched.failure != nil)
    let outcome = try await reduction.reduce(
      fetched.pages, older: (fetched.openPages, fetched.acquisition.olderRefused),
      asOf: plan.asOf.map(AsOf.option) ?? fetched.serverDate.map(AsOf.server), early: early.take())
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
      observer.notice(error.description)
    }
  }

  /// Puts the report together.
  private func assemble(
    _ source: Source, _ previous: PreviousComparison, _ sealer: PackSealer
  ) throws -> Assembled {
    var acquisition = source.acquisition
    acquisition.findings += previous.findings(
      source.outcome.window, source.outcome.result.population)
    acquisition.openBefore = source.outcome.openBefore
    acquisition.comparedWith = previous.pack?.name
    if let document = previous.document {
      try source.pack.write(
        JSONFile.bytes(document), to: PreviousDocument.path, mediaType: "application/json")
    }
    let assembly = ReportAssembly(
      acquisition: acquisition, outcome: source.outcome,
      journalHead: source.journalHead.hexadecimal,
      askedMetrics: plan.metrics, hasCalendar: plan.settings.calendar != nil,
      files: PackFiles(plan.formats, isMerged: false), preparedFor: plan.preparedFor)
    var report = assembly.report(comparedWith: previous.document)
    let judgement = report.judge(by: plan.policy, asOf: source.outcome.asOf.instant)
    let documents = PackDocuments(
      plan: plan, report: report, acquisition: acquisition,
      window: source.outcome.window, asOf: source.outcome.asOf)
    try source.pack.write(
      JSONFile.bytes(documents.options), to: OptionsDocument.path, mediaType: "application/json")
    return Assembled(
      documents: documents, previous: previous.link, restart: previous.restart, sealer: sealer,
      judgement: judgement, workbook: source.outcome.workbook,
      failure: source.failure)
  }

  /// Writes the files of the report and gives the pack its name.
  private func publish(
    _ assembled: Assembled, _ template: ReportTemplate, _ pack: PackBuilder, in archive: Archive
  ) async throws -> AuditResult {
    let documents = assembled.documents
    try writeInputs(template, into: pack)
    try await ReportWriter(plan: plan, page: template.report).write(
      documents.report, assembled.workbook, asOf: documents.asOf.instant, into: pack)
    if let failure = assembled.failure {
      try writeManifest(of: assembled, stamped: false, into: pack)
      let path = try archive.publishIncomplete(pack, as: documents.window.name)
      observer.notice("what was read is kept, watermarked and without SHA256SUMS: \(path)")
      throw failure
    }
    try await seal(assembled, pack)
    let damage = try await integrity.check(archive.newestPack(of: documents.window.name))
    let publication = try archive.publish(
      pack, as: documents.window.name, beside: !damage.isEmpty)
    if let notice = publication.notice { observer.notice(notice) }
    if publication.wasAlreadyPublished {
      observer.notice("already published, identical: \(publication.path)")
    }
    if let judgement = assembled.judgement { say(judgement) }
    return AuditResult(
      pack: publication.path, wasAlreadyPublished: publication.wasAlreadyPublished,
      verdict: documents.report.completeness.verdict, acceptUnproved: plan.acceptUnproved,
      judgement: assembled.judgement)
  }

  private func say(_ judgement: PolicyJudgement) {
    for gate in judgement.gates where gate.result != .passed {
      observer.notice(
        "gate \(gate.id), \(gate.result.rawValue): \(gate.reason); observed: \(gate.observed).")
    }
    let (counted, all) = judgement.breaches
    observer.notice(
      "policy: \(counted) of \(judgement.gates.count) gates failed"
        + (all > counted ? "; without exceptions it would be \(all)." : "."))
    if judgement.lacksRequired {
      observer.notice("a gate that is required could not be judged: the run answers 3 at least.")
    }
  }

  private func writeInputs(_ template: ReportTemplate, into pack: PackBuilder) throws {
    if let configuration = plan.configurationBytes {
      try pack.write(
        configuration, to: "evidence/inputs/config.yaml", mediaType: "application/yaml")
    }
    if let policy = plan.policy {
      try pack.write(
        policy.bytes, to: "evidence/inputs/policy.yaml", mediaType: "application/yaml")
    }
    if let custom = template.custom {
      try pack.write(
        custom, to: "evidence/inputs/template/\(ReportTemplate.file)", mediaType: "text/html")
    }
  }

  /// Writes manifest.json; VERIFY.txt says how to check what it describes.
  private func writeManifest(
    of assembled: Assembled, stamped: Bool, into pack: PackBuilder
  ) throws {
    let signer = assembled.failure == nil ? assembled.sealer.signer : nil
    if assembled.failure == nil {
      try pack.write(
        VerifyText.of(signature: signer?.kind, isTimestamped: stamped), to: "VERIFY.txt",
        mediaType: "text/plain")
    }
    var manifest = try assembled.documents.manifest(over: pack.files)
    manifest.conversation = assembled.documents.acquisition.conversation
    manifest.previous = assembled.previous
    manifest.chainRestart = assembled.restart
    manifest.signer = signer
    manifest.timestampAuthority = stamped ? assembled.sealer.authority?.url.description : nil
    try pack.write(manifest.encoded(), to: "manifest.json", mediaType: "application/json")
  }

  /// Writes what describes and proves the other files: the manifest, their digests, the signature, the time-stamp.
  ///
  /// The manifest says whether there is a time-stamp, so that nobody can take one away; without an answer of the
  /// authority it has to be written, and signed, once more.
  private func seal(_ assembled: Assembled, _ pack: PackBuilder) async throws {
    guard let authority = assembled.sealer.authority else {
      _ = try await sign(assembled, stamped: false, pack)
      return
    }
    let seal = try await sign(assembled, stamped: true, pack)
    do {
      let timestamp = try await assembled.sealer.timestamp(of: seal, from: authority)
      try pack.write(
        timestamp, to: Seal.timestampFileName, mediaType: TimestampRequest.answerMediaType)
    } catch let failure as any AuditFailure where !(failure is ArchiveError) {
      observer.notice("the pack has no time-stamp: \(failure.description)")
      for path in ["VERIFY.txt", "manifest.json", Checksums.name] { try pack.remove(path) }
      if let signer = assembled.sealer.signer { try pack.remove(signer.kind.fileName) }
      _ = try await sign(assembled, stamped: false, pack)
    }
  }

  private func sign(
    _ assembled: Assembled, stamped: Bool, _ pack: PackBuilder
  ) async throws -> Seal {
    try writeManifest(of: assembled, stamped: stamped, into: pack)
    let checksums = Checksums.of(pack.files)
    try pack.write(checksums, to: Checksums.name, mediaType: "text/plain")
    var seal = Seal(
      checksums: checksums, signer: assembled.sealer.signer, signature: nil, timestamp: nil)
    if let signature = try await assembled.sealer.signature(over: checksums) {
      try pack.write(
        signature.bytes, to: signature.path, mediaType: "application/octet-stream")
      seal.signature = signature.bytes
    }
    return seal
  }
}
