import AuditEvidence
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

  static let name = "re-performance"

  /// Does it; what goes wrong with the evidence is a discrepancy, since it did not go wrong when the pack was made.
  ///
  /// - Throws: What goes wrong with this machine, about which the pack can do nothing.
  func run(_ verification: inout Verification) async throws {
    do {
      let work = try Reperformance(of: pack, workers: workers)
      let files = DigestedFiles()
      let result = try await work.perform(into: files)
      if pack.manifest.toolVersion == ToolVersion.current {
        try await compare(work, result, files, &verification)
      } else {
        try OtherVersionCheck(pack: pack, found: found, journal: journal, options: work.options)
          .run(result.report.document, files.files, &verification)
      }
    } catch let error as any AuditFailure {
      if error.isOfMachine { throw error }
      verification.add(Self.name, "", [.recomputed(path: "report", detail: error.description)])
    } catch let error as CancellationError {
      throw error
    } catch {
      let detail = "it cannot be recomputed: \(TerminalText.sanitized("\(error)"))."
      verification.add(Self.name, "", [.recomputed(path: "report", detail: detail)])
    }
  }

  private func compare(
    _ work: Reperformance, _ contents: PackContents, _ files: DigestedFiles,
    _ verification: inout Verification
  ) async throws {
    let template = try work.template()
    try await contents.report.write(by: template, into: files)
    try contents.writeInputs(into: files)
    try contents.writeVerifyText(into: files)
    try contents.writeManifest(beside: evidence(besides: files.files), into: files)
    var discrepancies = try CompletenessCheck(
      pack: pack, entries: journal, found: work.options.found.acquisition
    ).discrepancies()
    if work.options.asked != OptionsDocument.Asked(work.plan) {
      discrepancies.append(
        .recomputed(
          path: OptionsDocument.path, detail: "what was asked is not what its inputs resolve to."))
    }
    let recomputed = Dictionary(files.files.map { (Name($0.path), $0) }) { first, _ in first }
    for path in Set(recomputed.keys).union(found.keys.filter { Self.isMade($0.string) }).sorted() {
      guard let detail = try detail(path.string, recomputed[path], contents.report.document) else {
        continue
      }
      discrepancies.append(.recomputed(path: path.string, detail: detail))
    }
    let pages = journal.count { $0.purpose != JournalEntry.definition }
    verification.add(
      Self.name,
      "\(recomputed.count) files computed again from \(pages) pages are the same to the byte",
      discrepancies)
  }

  /// Whether a file is made of others, and not a copy of something that came from outside; of a framework's file it is
  /// made of the policy that it is kept.
  private static func isMade(_ path: String) -> Bool {
    !path.begins(with: "evidence/") || path.begins(with: "\(PackContents.frameworks)/")
      || [OptionsDocument.path, PreviousDocument.path].contains(path)
  }

  /// Why a file is not the one that was computed; `nil` when it is.
  private func detail(
    _ path: String, _ recomputed: FileRecord?, _ report: ReportDocument
  ) throws -> String? {
    guard let recomputed else { return "the evidence gives no such file." }
    guard let digest = found[Name(path)] else {
      return "it is missing or has a different size."
    }
    if digest == recomputed.digest { return nil }
    if path == StoredPack.reportPath,
      let difference = try Self.difference(of: pack, from: report)
    {
      return difference
    }
    return "SHA-256 \(digest) was published, the evidence gives \(recomputed.digest)."
  }

  /// The first value of report.json that differs, of all or of one member; `nil` when none does.
  ///
  /// `find` returns where what was published first differs from what was recomputed.
  static func difference(
    of pack: PublishedPack, from report: ReportDocument, member: String? = nil,
    by find: (JSONValue, JSONValue) -> String? = { $0.firstDifference(from: $1) }
  ) throws -> String? {
    let published: JSONValue
    do {
      published = try pack.files.report()
    } catch let error as PackError {
      return error.description
    }
    let recomputed = try JSONDocument.read(
      JSONValue.self, from: JSONReport.render(report).bytes)
    guard let left = member.map({ published[$0] }) ?? published,
      let right = member.map({ recomputed[$0] }) ?? recomputed
    else { return "it has no \(member ?? "value")." }
    return find(left, right).map { "the first value that differs is \(member ?? "")\($0)." }
  }

  /// The pack's own evidence, which is copied and not computed, with the digests that were found.
  private func evidence(besides recomputed: [FileRecord]) -> [FileRecord] {
    let known = Set(recomputed.map { Name($0.path) })
    return pack.manifest.files.compactMap { file -> FileRecord? in
      guard !known.contains(Name(file.path)), !Self.isMade(file.path),
        let digest = found[Name(file.path)]
      else { return nil }
      return FileRecord(
        path: file.path, bytes: file.bytes, digest: digest, mediaType: file.mediaType)
    }
  }
}
