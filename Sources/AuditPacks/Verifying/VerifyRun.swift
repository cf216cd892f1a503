package import AuditEvidence
import AuditFiles
package import AuditModel
package import AuditPlan

/// Verifies a pack, or every pack of an archive and the chain that they make.
package struct VerifyRun: Sendable {
  private let settings: VerifySettings

  /// What is said of it.
  package struct Answer: Sendable {
    /// One verification a pack; with a chain the last one is the chain's.
    package var verifications: [Verification]
    /// Which names of an archive are not packs, a sentence.
    package fileprivate(set) var notice: String?

    /// Takes what was found.
    package init(verifications: [Verification]) {
      self.verifications = verifications
    }

    /// Holds one verification that could not begin.
    package init(stoppedAt path: String, because failure: any AuditFailure) {
      var verification = Verification(pack: path)
      verification.stop(because: failure)
      verifications = [verification]
    }

    /// What the program answers.
    package var exitStatus: ExitStatus {
      let statuses = verifications.map(\.exitStatus)
      return statuses.contains(.brokenData)
        ? .brokenData : statuses.first { $0 != .complete } ?? .complete
    }

    /// Why there is no verdict.
    package var obstacles: [Message] { verifications.compactMap(\.obstacle) }

    /// As tables to read.
    package var table: String { verifications.map(\.table).joined(separator: "\n\n") }

    /// For machines: an object for one pack, an array for a chain.
    package func json() throws -> String {
      let texts = try verifications.map { try $0.json() }
      return texts.count == 1 ? texts[0] : "[\n\(texts.joined(separator: ",\n"))\n]"
    }
  }

  /// Makes a run.
  package init(_ settings: VerifySettings) {
    self.settings = settings
  }

  /// Verifies one pack.
  package func pack(_ path: String) async throws -> Answer {
    Answer(verifications: [try await verifier(path).run()])
  }

  /// Verifies every pack of an archive, in the order of the chain, and the chain.
  package func chain(_ archive: String) async throws -> Answer {
    let links: ArchiveLinks
    do throws(ArchiveError) {
      links = try ArchiveLinks(of: archive)
      try links.checkClosed()
    } catch {
      guard error.isOfMachine else { throw error }
      return Answer(stoppedAt: archive, because: error)
    }
    guard !links.links.isEmpty || !links.unreadable.isEmpty else {
      throw PackError.noPacks(archive: archive)
    }
    let chain = PackChain(links.links, after: settings.removed)
    var verifications: [Verification] = []
    for link in chain.order {
      verifications.append(try await verifier("\(archive)/\(link.name)").run())
    }
    var whole = Verification(pack: archive)
    let restarts = chain.restarts.map(\.name).joined(separator: ", ")
    try whole.add(
      "chain",
      "\(chain.order.count) packs, each naming the digest of the one before"
        + (restarts.isEmpty ? "" : ", but for recorded restarts at \(restarts)"),
      (chain.discrepancies + links.unreadable + misleading(chain, in: archive)
        + zip(chain.order, verifications).filter { !$1.discrepancies.isEmpty }.map { link, _ in
          .chain(pack: link.name, reason: "it is not intact, as its own lines tell.")
        })
        .sorted { $0.path.precedes($1.path) })
    for name in links.leftBehind {
      whole.leaveOut(
        name, because: "it cannot be read, and a recorded restart of the chain left it behind")
    }
    whole.obstacle = verifications.lazy.compactMap(\.obstacle).first
    for name in Self.omissions(of: verifications) {
      whole.leaveOut(name, because: "not of every pack")
    }
    whole.origin = Self.origin(of: verifications)
    var answer = Answer(verifications: verifications + [whole])
    answer.notice = links.notice
    return answer
  }

  /// Names that lead away from a pack: one called an unfinished read, and `latest` where it is not the newest.
  private func misleading(
    _ chain: PackChain, in archive: String
  ) throws(ArchiveError) -> [Discrepancy] {
    var found: [Discrepancy] = []
    let names = try FileSystem.names(in: archive)
    for name in names where PackName(name)?.edition == .incomplete {
      guard try StoredFile.kind(of: "\(archive)/\(name)/\(Checksums.name)") != nil else { continue }
      found.append(
        .chain(
          pack: name, reason: "it has SHA256SUMS, which no unfinished read has: a pack was renamed."
        ))
    }
    let latest = "\(archive)/latest"
    let target = try FileSystem.target(of: latest)
    if chain.discrepancies.isEmpty, let target, let newest = chain.newest, target != newest.name {
      found.append(
        .chain(
          pack: "latest",
          reason:
            "it points at \(TerminalText.sanitized(target)), and the newest pack is \(newest.name)."
        ))
    }
    return found
  }

  /// What was left out of at least one of them, in order of first mention.
  private static func omissions(of verifications: [Verification]) -> [String] {
    var names: [String] = []
    for name in verifications.flatMap(\.omitted) where !names.contains(name) { names.append(name) }
    return names
  }

  /// What is known of who made all of them: no more than of any of them.
  private static func origin(of verifications: [Verification]) -> Verification.Origin? {
    let origins = verifications.map(\.origin)
    if let unsigned = origins.first(where: { $0 == nil || $0 == .unsigned }) { return unsigned }
    let unestablished = origins.first { if case .notEstablished? = $0 { true } else { false } }
    return (unestablished ?? origins.last) ?? nil
  }

  private func verifier(_ path: String) -> PackVerifier {
    PackVerifier(pack: path, settings: settings)
  }
}

/// How packs are verified.
package struct VerifySettings: Sendable {
  /// Whether only digests, journal and signature are looked at.
  package var digestsOnly: Bool
  /// How many processors it may use.
  package var workers: Int
  /// Whom to trust; `nil` for nobody in particular.
  package var trust: TrustAnchors?
  /// The one signer who is accepted; `nil` for all whom an anchor vouches for.
  package var signer: SignerPin?
  /// When the signature is judged.
  package var time: VerificationTime
  /// The digest of the manifest that an archive's oldest pack follows, when retention has removed that one.
  package var removed: Digest?

  /// Reads what was said.
  ///
  /// - Parameters:
  ///   - caFile: `--ca-file`, certificates and revocation lists in PEM.
  ///   - allowedSigners: `--allowed-signers`, as ssh-keygen has it.
  ///   - signer: `--signer`, a subject or a SHA-256.
  ///   - at: `--at`, an instant with a zone.
  ///   - after: `--after`, a SHA-256 digest.
  ///   - digestsOnly: `--digests-only`.
  ///   - workers: How many processors it may use.
  ///   - environment: Time and files.
  /// - Throws: All mistakes at once.
  package init(
    caFile: String?, allowedSigners: String?, signer: String? = nil, at: String?, after: String?,
    digestsOnly: Bool, workers: Int, in environment: RunEnvironment
  ) throws {
    var mistakes = PlanMistakes()
    let certificates = caFile.flatMap {
      environment.file($0, namedBy: "--ca-file", &mistakes)?.bytes
    }
    let signers = allowedSigners.flatMap {
      environment.file($0, namedBy: "--allowed-signers", &mistakes)?.bytes
    }
    time = .now(environment.now)
    if let at {
      if let instant = Instant(zoned: at) {
        time = .at(instant)
      } else {
        mistakes.add(.invalidTimestamp, "--at", TerminalText.sanitized(at))
      }
    }
    self.signer = signer.flatMap(SignerPin.init)
    if let signer, self.signer == nil {
      mistakes.add(.invalidSigner, NamedValue.shown(signer))
    }
    if let pin = self.signer, !pin.isDigest, caFile == nil, allowedSigners == nil {
      mistakes.add(.signerNeedsAnchor, TerminalText.sanitized(pin.text))
    }
    if let after {
      removed = Digest(hexadecimal: after.lowercased())
      if removed == nil {
        mistakes.add(.invalidDigest, TerminalText.sanitized(after))
      }
    }
    guard mistakes.isEmpty else { throw PlanError(mistakes: mistakes.all) }
    trust =
      certificates == nil && signers == nil
      ? nil : try TrustAnchors(certificates: certificates, allowedSigners: signers)
    self.digestsOnly = digestsOnly
    self.workers = workers
  }
}
