import AuditEvidence
import AuditFiles
import AuditModel

/// Says whether a pack is still what was published, and whether its report follows from its evidence.
package struct PackVerifier: Sendable {
  /// The pack's folder or archive.
  private let path: String
  private let settings: VerifySettings

  /// Makes a verifier.
  package init(pack: String, settings: VerifySettings) {
    path = pack
    self.settings = settings
  }

  /// Looks at everything.
  ///
  /// - Returns: What was found; that something is not as it should be is no error.
  /// - Throws: When there is no pack, or the disk cannot be read.
  package func run() async throws -> Verification {
    var verification = Verification(pack: path)
    do {
      try await check(&verification)
    } catch let error as any AuditFailure where error.isOfMachine {
      verification.stop(because: error)
    }
    return verification
  }

  private func check(_ verification: inout Verification) async throws {
    let found = try StoredPack(at: path)
    let pack: PublishedPack
    do {
      pack = try PublishedPack(found, namedBy: path)
    } catch let error as any AuditFailure where !error.isOfMachine {
      try await checkFiles(found, nil, &verification)
      verification.add(
        "manifest", "", [.malformed(path: "manifest.json", reason: Self.words(error))])
      return
    }
    let files = try await checkFiles(found, pack.manifest, &verification)
    let journal = try checkJournal(of: pack, files, &verification)
    try await checkSeal(of: pack, &verification)
    try await checkReport(of: pack, files, journal, &verification)
  }

  @discardableResult
  private func checkFiles(
    _ files: StoredPack, _ manifest: ManifestDocument?, _ verification: inout Verification
  ) async throws -> FileCheck.Result {
    let result = try await FileCheck(files: files, workers: settings.workers).run(manifest)
    let name = manifest.flatMap { Self.misnaming(of: files.name, $0) }
    verification.add(
      "files",
      "\(result.found.count) files have the digests of SHA256SUMS; no other file is there"
        + Self.words(passedOver: result.passedOver),
      result.discrepancies + [name].compactMap { $0 })
    return result
  }

  /// What is wrong with the name of a pack's folder: within an archive it is the name of the pack's window, and nothing
  /// else says which of several packs it is; a name that is no pack's is that of a copy.
  private static func misnaming(of name: String, _ manifest: ManifestDocument) -> Discrepancy? {
    guard let stem = name.parts(at: ".", maxSplits: 1).first, PackName(stem) != nil else {
      return nil
    }
    guard let expected = manifest.window.packName else {
      return .malformed(path: "manifest.json", reason: "its window has no readable ends.")
    }
    let isUnfinished = manifest.completeness.verdict == .incomplete
    if let pack = PackName(name), pack.window == expected,
      pack.edition != .incomplete || isUnfinished
    {
      return nil
    }
    return .chain(
      pack: name, reason: "its manifest.json is that of \(expected): the folder was renamed.")
  }

  private func checkJournal(
    of pack: PublishedPack, _ files: FileCheck.Result, _ verification: inout Verification
  ) throws -> [JournalEntry]? {
    guard files.found[Name(Journal.path)] != nil else {
      verification.leaveOut("journal", because: "there is none")
      return nil
    }
    let result: JournalCheck.Result
    do {
      result = try JournalCheck(
        pack: pack, found: files.found, countsRows: !settings.digestsOnly
      ).run()
    } catch let error as any AuditFailure where !error.isOfMachine {
      verification.add("journal", "", [.malformed(path: Journal.path, reason: error.description)])
      return nil
    }
    verification.add(
      "journal",
      "\(result.entries.count) lines, each with the hash of the line before and the digest of its page",
      result.discrepancies)
    return result.entries
  }

  private func checkSeal(
    of pack: PublishedPack, _ verification: inout Verification
  ) async throws {
    let file = pack.manifest.signer?.kind.fileName ?? Checksums.name
    let seal: Seal
    do {
      seal = try pack.seal()
    } catch let error as any AuditFailure where !error.isOfMachine {
      verification.add("signature", "", [.signature(path: file, reason: error.description)])
      return
    }
    let verdict = await SealVerifier(
      trust: settings.trust, time: settings.time, pin: settings.signer
    ).verdict(of: seal)
    switch verdict.signature {
    case .unsigned:
      verification.origin = .unsigned
      verification.leaveOut("signature", because: Self.unsigned)
    case .valid(let signer, let trust):
      verification.origin =
        trust == .notEstablished
        ? .notEstablished(signer: signer.name) : .established(signer: signer.name)
      verification.add("signature", "by \(signer.name); \(trust.words)")
    case .invalid(let reasons):
      verification.add("signature", "", reasons.map { .signature(path: file, reason: $0) })
    }
    switch verdict.timestamp {
    case .absent: verification.leaveOut("timestamp", because: "there is none")
    case .valid(let timestamp, let trust):
      verification.add(
        "timestamp", "\(timestamp.time) by \(timestamp.authority); \(trust.words)")
    case .invalid(let reasons):
      verification.add(
        "timestamp", "",
        reasons.map { .timestamp(path: Seal.timestampFileName, reason: $0) })
    }
  }

  /// Says which names an operating system added.
  private static func words(passedOver names: [String]) -> String {
    guard let first = names.first else { return "" }
    let rest = names.count > 1 ? " and \(DisplayFormat.count(names.count - 1)) more" : ""
    return ", but for what an operating system added: \(TerminalText.sanitized(first))\(rest)"
  }

  /// Why the manifest is of no use, for whoever is verifying already.
  private static func words(_ error: any AuditFailure) -> String {
    switch error as? PackError {
    case .unreadable(_, let reason)?: reason
    case .notAPack?: "it is not there; name the folder of a pack, such as archive/latest."
    default: error.description
    }
  }

  private static let unsigned =
    "the pack is not signed: its files fit together, and nothing says who made them"

  private func checkReport(
    of pack: PublishedPack, _ files: FileCheck.Result, _ journal: [JournalEntry]?,
    _ verification: inout Verification
  ) async throws {
    if settings.digestsOnly {
      return verification.leaveOut(ReportCheck.name, because: "--digests-only")
    }
    let evidence = verification.discrepancies.filter { $0.path.begins(with: "evidence/") }
    guard let journal, evidence.isEmpty else {
      return verification.leaveOut(
        ReportCheck.name, because: "the evidence is not what was published")
    }
    try await ReportCheck(
      pack: pack, journal: journal, found: files.found, workers: settings.workers
    ).run(&verification)
  }
}

extension SignerTrust {
  /// How much is known of who it was.
  fileprivate var words: String {
    switch self {
    case .established(let anchor, let instant): "established by \(anchor), judged at \(instant)"
    case .notEstablished:
      "who that is, is not established: give --ca-file or --allowed-signers"
    }
  }
}
