import AuditModel

/// Says whether a pack's signature and time-stamp are what was published, and whose they are.
///
/// Without trust anchors a signature is checked against its own certificate or key, which the manifest names: that shows
/// that nothing was changed since, not who signed. With anchors it is a fault if none vouches for the signer.
package struct SealVerifier: Sendable {
  private let trust: TrustAnchors?
  private let time: VerificationTime
  private let pin: SignerPin?

  /// Makes a verifier that judges signers at a time, and accepts each that an anchor vouches for, or only one.
  package init(trust: TrustAnchors?, time: VerificationTime, pin: SignerPin? = nil) {
    (self.trust, self.time, self.pin) = (trust, time, pin)
  }

  /// What is found of a pack's signature and time-stamp.
  package func verdict(of seal: Seal) async -> SealVerdict {
    let timestamp = await timestampVerdict(of: seal)
    return SealVerdict(
      signature: await signatureVerdict(of: seal, at: instant(after: timestamp)),
      timestamp: timestamp)
  }

  /// A time-stamp that is trusted shows that the signature existed then: the signer is judged by that day.
  private func instant(after timestamp: TimestampVerdict) -> Instant {
    switch (time, timestamp) {
    case (.at(let time), _): time
    case (.now, .valid(let stamp, .established)): stamp.time
    case (.now(let now), _): now
    }
  }
}

extension SealVerifier {
  private func timestampVerdict(of seal: Seal) async -> TimestampVerdict {
    guard let file = seal.timestamp else { return .absent }
    let token: TimestampToken
    do {
      token = try TimestampToken(reading: file)
      if let fault = token.fault(over: seal.stamped) { throw SealError(fault) }
      guard try token.file() == file else {
        throw SealError("it was changed: the token in it is not written in its one form")
      }
    } catch {
      return .invalid(["\(Seal.timestampFileName) is no time-stamp of this pack: \(error)."])
    }
    do {
      return .valid(token.timestamp, try await established(token))
    } catch {
      return .invalid(error.reasons)
    }
  }

  private func signatureVerdict(of seal: Seal, at time: Instant) async -> SignatureVerdict {
    guard let signer = seal.signer else {
      if seal.signature != nil {
        return .invalid(["There is a signature, but manifest.json names no signer."])
      }
      if let pin {
        return .invalid([
          "The pack is not signed, so that \(TerminalText.sanitized(pin.text)) has not signed it."
        ])
      }
      return trust == nil
        ? .unsigned : .invalid(["The pack is not signed: no trust anchor can vouch for it."])
    }
    let name = signer.kind.fileName
    guard let file = seal.signature else {
      return .invalid(["\(name) is missing, though manifest.json names \(signer.name) as signer."])
    }
    do {
      let signature = try Self.genuine(file, over: seal.checksums, by: signer)
      return .valid(signature.signer, try await established(signature, at: time))
    } catch {
      return .invalid(error.reasons)
    }
  }

  /// Reads the signature that the named signer made, and nothing else.
  private static func genuine(
    _ file: [UInt8], over content: [UInt8], by signer: SignerDocument
  ) throws(SealError) -> PackSignature {
    let name = signer.kind.fileName
    let signature: PackSignature
    let expected: [UInt8]
    do {
      signature = try PackSignature(reading: file)
      expected = try signature.file()
    } catch {
      throw SealError("\(name) is no signature: \(error).")
    }
    if let fault = signature.fault(over: content) {
      throw SealError("\(name) does not match SHA256SUMS: \(fault).")
    }
    guard expected == file else {
      throw SealError("\(name) was changed: the signature in it is not written in its one form.")
    }
    guard signature.signer.isSame(as: signer) else {
      throw SealError(
        "\(name) is by \(signature.signer.name), with other certificates than those of "
          + "\(signer.name), whom manifest.json names.")
    }
    return signature
  }

  /// Whether a trust anchor vouches for the signer.
  private func established(
    _ signature: PackSignature, at time: Instant
  ) async throws(SealError) -> SignerTrust {
    if let pin, !pin.matches(signature) {
      throw SealError(
        "\(signature.signer.kind.fileName) is by \(signature.signer.name), who is not the --signer "
          + "\(TerminalText.sanitized(pin.text)).")
    }
    guard let trust = trust ?? anchors(for: signature) else { return .notEstablished }
    switch signature {
    case .cms(let signature):
      guard trust.certificates != nil else {
        throw SealError(
          "\(signature.signer.subject) has a certificate: give the authority's, --ca-file.")
      }
      let path = CertificatePath(trust: trust, purpose: .signing, time: time)
      let found = try await path.search(from: signature.signer, through: signature.others)
      return .established(by: found.last?.subject ?? "", at: time)
    case .ssh(let signature):
      guard let signers = trust.allowedSigners else {
        throw SealError("The signer has an OpenSSH key: give --allowed-signers.")
      }
      return try Self.established(signature.key, signers, at: time)
    }
  }

  /// A signer who is pinned by a digest needs no anchor.
  private func anchors(for signature: PackSignature) -> TrustAnchors? {
    guard pin?.isDigest == true else { return nil }
    return switch signature {
    case .cms(let signature): TrustAnchors(certificates: [signature.signer])
    case .ssh(let signature):
      TrustAnchors(
        allowedSigners: [
          AllowedSigner(principals: "--signer", key: signature.key, namespaces: nil)
        ])
    }
  }

  /// Whether a trust anchor vouches for the authority, on the day of the time-stamp.
  private func established(_ token: TimestampToken) async throws(SealError) -> SignerTrust {
    guard let trust, trust.certificates != nil else { return .notEstablished }
    let path = CertificatePath(trust: trust, purpose: .timeStamping, time: token.time)
    let found = try await path.search(from: token.signed.signer, through: token.signed.others)
    return .established(by: found.last?.subject ?? "", at: token.time)
  }

  private static func established(
    _ key: SSHPublicKey, _ signers: [AllowedSigner], at time: Instant
  ) throws(SealError) -> SignerTrust {
    let lines = signers.filter { $0.key == key }
    if let line = lines.first(where: { $0.fault(at: time) == nil }) {
      return .established(by: line.principals, at: time)
    }
    throw SealError(
      reasons: lines.isEmpty
        ? ["No line of --allowed-signers holds the key \(key.fingerprint)."]
        : lines.compactMap { $0.fault(at: time) })
  }
}
