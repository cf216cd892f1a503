import AuditModel
import SwiftASN1
@_spi(DisableValidityCheck) import X509

/// The way from a signer's certificate to an authority that is trusted.
struct CertificatePath {
  /// Authorities, and what they revoked.
  var trust: TrustAnchors
  /// What the signer's certificate is used for.
  var purpose: CertificatePurpose
  /// When everything is judged.
  var time: Instant

  /// Looks for a path that is good in every respect.
  ///
  /// - Parameters:
  ///   - signer: the signer's certificate.
  ///   - others: certificates that may lie between; they need no trust.
  /// - Returns: the certificates from the signer's to the trusted one.
  /// - Throws: `SealError`, sentences.
  func search(
    from signer: X509Certificate, through others: [X509Certificate]
  ) async throws(SealError) -> [X509Certificate] {
    let anchors = trust.certificates ?? []
    // A certificate that is itself trusted needs no authority; the library would want it to be one.
    if anchors.contains(signer) {
      return try judged([signer], others)
    }
    var verifier = Verifier(rootCertificates: CertificateStore(anchors.map(\.parsed))) {
      RFC5280Policy.withValidityCheckDisabled()
      UsagePolicy()
    }
    let result = await verifier.validate(
      leaf: signer.parsed, intermediates: CertificateStore(others.map(\.parsed)))
    switch result {
    case .validCertificate(let chain):
      let known = anchors + others + [signer]
      let path = chain.compactMap { link in known.first { $0.parsed == link } }
      return try judged(path, others)
    case .couldNotValidate(let failures):
      throw SealError(
        failures.isEmpty
          ? "No certificate of --ca-file vouches for \(signer.subject)."
          : "The way from \(signer.subject) to a certificate of --ca-file breaks a rule of RFC 5280: "
            + "version, basic constraints or name constraints.")
    }
  }

  private func judged(
    _ path: [X509Certificate], _ others: [X509Certificate]
  ) throws(SealError) -> [X509Certificate] {
    let reasons =
      path.compactMap { $0.dateFault(at: time) }
      + path.prefix(1).compactMap(purpose.fault)
      + path.dropFirst().compactMap(CertificatePurpose.certifying.fault)
      + issuers(path)
      + path.flatMap { revocationFaults($0, issuers: path + others + (trust.certificates ?? [])) }
    guard reasons.isEmpty else { throw SealError(reasons: reasons) }
    return path
  }

  /// What the certificates above a signer's say of its purpose, where its own has nothing against it.
  private func issuers(_ path: [X509Certificate]) -> [String] {
    guard let signer = path.first, purpose.fault(of: signer) == nil else { return [] }
    return [purpose.fault(along: path)].compactMap { $0 }
  }

  /// What the lists of a certificate's issuer say; a list is believed when the issuer's key signed it.
  ///
  /// Who issued its own certificate cannot revoke it by a list that the same certificate vouches for.
  private func revocationFaults(
    _ certificate: X509Certificate, issuers: [X509Certificate]
  ) -> [String] {
    guard certificate.issuer != certificate.subjectName else { return [] }
    return trust.revocations.filter { $0.issuer == certificate.issuer }.compactMap { list in
      let isGenuine = issuers.contains { $0.subjectName == list.issuer && list.isSigned(by: $0) }
      guard isGenuine else {
        return "The CRL for \(certificate.subject) is not signed by the authority it names."
      }
      if let revoked = list.revocation(of: certificate) {
        return "The certificate of \(certificate.subject) was revoked at \(revoked)."
      }
      if let due = list.nextUpdate, due < time {
        return "The CRL for \(certificate.subject) is out of date since \(due)."
      }
      return nil
    }
  }
}

/// Says that key usages are looked at, which is done once a path is found: then the reason can be told.
private struct UsagePolicy: VerifierPolicy {
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
    .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.subjectAlternativeName,
    [2, 5, 29, 32],  // certificate policies: any will do
  ]

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    .meetsPolicy
  }
}
