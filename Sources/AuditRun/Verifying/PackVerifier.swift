import AuditEvidence
import AuditModel

/// Says whether a pack is still what was published, and whether its report follows from its evidence.
public struct PackVerifier: Sendable {
  /// The pack's folder.
  private let path: String
  private let settings: VerifySettings

  /// Makes a verifier.
  public init(pack: String, settings: VerifySettings) {
    path = pack
    self.settings = settings
  }

  /// Looks at everything.
  ///
  /// - Returns: What was found; that something is not as it should be is no error.
  /// - Throws: When there is no pack, or the disk cannot be read.
  public func run() async throws -> Verification {
    var verification = Verification(pack: path)
    let folder = try PublishedPack.folder(path)
    let pack: PublishedPack
    do {
      pack = try PublishedPack(at: path)
    } catch let error as PackError {
      try await checkFiles(of: folder, nil, &verification)
      verification.add(
        "manifest", "", [.malformed(path: "manifest.json", reason: Self.words(error))])
      return verification
    }
    let files = try await checkFiles(of: folder, pack.manifest, &verification)
    let journal = try checkJournal(of: pack, files, &verification)
    try await checkSeal(of: pack, &verification)
    try await checkReport(of: pack, files, journal, &verification)
    return verification
  }

  @discardableResult
  private func checkFiles(
    of folder: String, _ manifest: ManifestDocument?, _ verification: inout Verification
  ) async throws -> FileCheck.Result {
    let result = try await FileCheck(path: folder, workers: settings.workers).run(manifest)
    verification.add(
      "files", "\(result.found.count) files have the digests of SHA256SUMS; no other file is there",
      result.discrepancies)
    return result
  }

  private func checkJournal(
    of pack: PublishedPack, _ files: FileCheck.Result, _ verification: inout Verification
  ) throws -> [JournalEntry]? {
    guard files.found[Name(Journal.path)] != nil else {
      verification.leaveOut("journal", because: "there is none")
      return nil
    }
    let result = try JournalCheck(pack: pack, found: files.found, countsRows: !settings.digestsOnly)
      .run()
    verification.add(
      "journal",
      "\(result.entries.count) lines, each with the hash of the line before and the digest of its page",
      result.discrepancies)
    return result.entries
  }

  private func checkSeal(
    of pack: PublishedPack, _ verification: inout Verification
  ) async throws {
    let verdict = await SealVerifier(trust: settings.trust, time: settings.time)
      .verdict(of: try SealFiles.seal(of: pack))
    let file = pack.manifest.signer?.kind.fileName ?? Checksums.name
    switch verdict.signature {
    case .unsigned: verification.leaveOut("signature", because: Self.unsigned)
    case .valid(let signer, let trust):
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

  /// Why the manifest is of no use, for whoever is verifying already.
  private static func words(_ error: PackError) -> String {
    switch error {
    case .unreadable(_, let reason): reason
    case .notAPack: "it is not there; name the folder of a pack, such as archive/latest."
    default: error.description
    }
  }

  private static let unsigned =
    "the pack is not signed: its files fit together, and nothing says who made them"

  private func checkReport(
    of pack: PublishedPack, _ files: FileCheck.Result, _ journal: [JournalEntry]?,
    _ verification: inout Verification
  ) async throws {
    let name = "re-performance"
    if settings.digestsOnly { return verification.leaveOut(name, because: "--digests-only") }
    let evidence = verification.discrepancies.filter { $0.path.begins(with: "evidence/") }
    guard let journal, evidence.isEmpty else {
      return verification.leaveOut(name, because: "the evidence is not what was published")
    }
    let check = ReportCheck(
      pack: pack, journal: journal, found: files.found, workers: settings.workers)
    let result = try await check.run()
    verification.add(name, result.detail, result.discrepancies)
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
