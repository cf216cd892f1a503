import AuditEvidence
import AuditFetch
import AuditFiles
import AuditModel
import AuditPlan
import AuditRender
import AuditReport

/// Computes a pack's report again from its raw pages, and compares every byte.
struct ReportCheck {
  let pack: PublishedPack
  let journal: [JournalEntry]
  /// The digests of the files that are there, by path.
  let found: [Name: Digest]
  let workers: Int

  /// What came out of it, as it is added to a verification.
  enum Finding {
    /// Something was compared.
    case compared(String, detail: String, [Discrepancy])
    /// Something could not be compared, and why.
    case notCompared(String, reason: String)
  }

  static let name = "re-performance"
  private static let reportPath = PublishedPack.reportPath

  /// Does it; what goes wrong with the evidence is a discrepancy, since it did not go wrong when the pack was made.
  ///
  /// - Throws: What goes wrong with this machine, about which the pack can do nothing.
  func run() async throws -> [Finding] {
    do {
      let work = try Reperformance(of: pack, workers: workers)
      let files = DigestedFiles()
      let result = try await work.perform(into: files)
      return pack.manifest.toolVersion == ToolVersion.current
        ? [try await compare(work, result, files)]
        : try OtherVersionCheck(
          pack: pack, found: found, journal: journal, options: work.options
        ).findings(result.report, files.files)
    } catch let error as any AuditFailure {
      if error.isOfMachine { throw error }
      return [
        .compared(Self.name, detail: "", [.recomputed(path: "report", detail: error.description)])
      ]
    } catch let error as CancellationError {
      throw error
    } catch {
      let detail = "it cannot be recomputed: \(TerminalText.clean("\(error)"))."
      return [.compared(Self.name, detail: "", [.recomputed(path: "report", detail: detail)])]
    }
  }

  private func compare(
    _ work: Reperformance, _ result: Reperformance.Result, _ files: DigestedFiles
  ) async throws -> Finding {
    let template = try ReportTemplate(folder: work.plan.templateFolder)
    try await ReportWriter(plan: work.plan, page: template.report).write(
      result.report, result.outcome.workbook, asOf: result.outcome.asOf.instant, into: files)
    let documents = PackDocuments(
      plan: work.plan, report: result.report, acquisition: result.acquisition,
      window: result.outcome.window, asOf: result.outcome.asOf)
    try writeInputs(documents, result.previous, into: files)
    let sealed = pack.manifest
    let text = VerifyText.of(
      signature: sealed.signer?.kind, isTimestamped: sealed.timestampAuthority != nil)
    try files.write(text, to: "VERIFY.txt", mediaType: "text/plain")
    let manifest = try manifest(documents, files.files)
    try files.write(manifest.encoded(), to: "manifest.json", mediaType: "application/json")
    var discrepancies = try CompletenessCheck(
      pack: pack, entries: journal, found: work.options.found
    ).discrepancies()
    if work.options.asked != OptionsDocument.Asked(work.plan) {
      discrepancies.append(
        .recomputed(
          path: OptionsDocument.path, detail: "what was asked is not what its inputs resolve to."))
    }
    let recomputed = Dictionary(files.files.map { (Name($0.path), $0) }) { first, _ in first }
    for path in Set(recomputed.keys).union(found.keys.filter { Self.isMade($0.string) }).sorted() {
      guard let detail = try detail(path.string, recomputed[path], result.report) else { continue }
      discrepancies.append(.recomputed(path: path.string, detail: detail))
    }
    return .compared(
      Self.name,
      detail:
        "\(recomputed.count) files computed again from \(journal.count) pages are the same to the byte",
      discrepancies)
  }

  /// Whether a file is made of others, and not a copy of something that came from outside.
  private static func isMade(_ path: String) -> Bool {
    !path.begins(with: "evidence/")
      || [OptionsDocument.path, PreviousDocument.path].contains(path)
  }

  /// Why a file is not the one that was computed; `nil` when it is.
  private func detail(
    _ path: String, _ recomputed: FileRecord?, _ report: ReportDocument
  ) throws -> String? {
    guard let recomputed else { return "the evidence gives no such file." }
    guard let digest = found[Name(path)] else {
      return "it is missing, or has not the size that was published."
    }
    if digest == recomputed.digest { return nil }
    if path == Self.reportPath, let difference = try Self.difference(of: pack, from: report) {
      return difference
    }
    return "SHA-256 \(digest) was published, the evidence gives \(recomputed.digest)."
  }

  /// The first value of report.json that differs, of all or of one member; `nil` when none does.
  static func difference(
    of pack: PublishedPack, from report: ReportDocument, member: String? = nil
  ) throws -> String? {
    let published: JSONValue
    do {
      published = try pack.report()
    } catch let error as PackError {
      return error.description
    }
    let recomputed = try JSONDocument.read(
      JSONValue.self, from: JSONReport.render(report).bytes)
    guard let left = member.map({ published[$0] }) ?? published,
      let right = member.map({ recomputed[$0] }) ?? recomputed
    else { return "it has no \(member ?? "value")." }
    return left.firstDifference(from: right).map { place in
      "the first value that differs is \(member ?? "")\(place)."
    }
  }

  /// The inputs that the run itself wrote.
  private func writeInputs(
    _ documents: PackDocuments, _ previous: PreviousDocument?, into files: DigestedFiles
  ) throws {
    if let previous {
      try files.write(
        JSONFile.bytes(previous), to: PreviousDocument.path, mediaType: "application/json")
    }
    try files.write(
      JSONFile.bytes(documents.options), to: OptionsDocument.path, mediaType: "application/json")
  }

  /// The manifest that the recomputed files and the pack's evidence give.
  private func manifest(
    _ documents: PackDocuments, _ recomputed: [FileRecord]
  ) throws -> ManifestDocument {
    let known = Set(recomputed.map { Name($0.path) })
    let evidence = pack.manifest.files.compactMap { file -> FileRecord? in
      guard !known.contains(Name(file.path)), !Self.isMade(file.path),
        let digest = found[Name(file.path)]
      else { return nil }
      return FileRecord(
        path: file.path, bytes: file.bytes, digest: digest, mediaType: file.mediaType)
    }
    var manifest = try documents.manifest(over: recomputed + evidence)
    manifest.conversation = pack.manifest.conversation
    manifest.previous = pack.manifest.previous
    // The report says of a restart too, so that nobody can add one to a manifest alone.
    let restarts = documents.acquisition.findings.contains { $0.code == Archive.restartCode }
    manifest.chainRestart = restarts ? pack.manifest.chainRestart : nil
    manifest.signer = pack.manifest.signer
    manifest.timestampAuthority = pack.manifest.timestampAuthority
    return manifest
  }
}
