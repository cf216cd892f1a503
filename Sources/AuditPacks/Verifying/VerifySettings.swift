package import AuditEvidence
import AuditModel
package import AuditPlan

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
    let read = { (path: String, option: String, mistakes: inout PlanMistakes) -> [UInt8]? in
      do throws(NamedFileError) {
        return try environment.readFile(path, NamedFile.sizeLimit).bytes
      } catch {
        mistakes.file(path, namedBy: option, error)
        return nil
      }
    }
    let certificates = caFile.flatMap { read($0, "--ca-file", &mistakes) }
    let signers = allowedSigners.flatMap { read($0, "--allowed-signers", &mistakes) }
    time = .now(environment.now)
    if let at {
      if let instant = Instant(zoned: at) {
        time = .at(instant)
      } else {
        mistakes.add(Message(.invalidTimestamp, "--at", TerminalText.sanitized(at)))
      }
    }
    self.signer = signer.flatMap(SignerPin.init)
    if let signer, self.signer == nil {
      mistakes.add(Message(.invalidSigner, NamedValue.shown(signer)))
    }
    if let pin = self.signer, !pin.isDigest, caFile == nil, allowedSigners == nil {
      mistakes.add(Message(.signerNeedsAnchor, TerminalText.sanitized(pin.text)))
    }
    if let after {
      removed = Digest(hexadecimal: after.lowercased())
      if removed == nil {
        mistakes.add(Message(.invalidDigest, TerminalText.sanitized(after)))
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
