import AuditModel
import SwiftASN1
import X509
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

/// What a certificate is to be used for.
enum CertificatePurpose {
  /// To sign packs.
  case signing
  /// To sign time-stamps (RFC 3161, 2.3).
  case timeStamping
  /// To sign certificates.
  case certifying

  /// Why a certificate may not be used for it, in a sentence; `nil` when it may.
  ///
  /// A certificate without the extensions may be used for anything. One that is for servers or their clients, whatever
  /// else is missing, was not issued to sign documents.
  func fault(of certificate: X509Certificate) -> String? {
    do {
      let extensions = certificate.parsed.extensions
      if let usage = try extensions.keyUsage, !allows(usage) {
        return
          "The certificate of \(certificate.subject) is for another purpose: its key usage is \(usage)."
      }
      let usages = try extensions.extendedKeyUsage.map(Array.init)
      return allows(usages) ? nil : Self.fault(of: certificate, usages)
    } catch {
      return
        "The purpose of the certificate of \(certificate.subject) cannot be read: \(error.reason)."
    }
  }

  /// Why the certificates of a path, the user's first, leave no purpose to use it for, in a sentence; `nil` when they do.
  ///
  /// An authority that is limited to servers can vouch for servers only, whatever the certificates below it claim.
  func fault(along path: [X509Certificate]) -> String? {
    var left = Set(usages)
    for certificate in path where !left.isEmpty {
      do {
        guard let usages = try certificate.parsed.extensions.extendedKeyUsage.map(Array.init),
          !usages.contains(.any)
        else { continue }
        left.formIntersection(usages)
        if left.isEmpty { return Self.fault(of: certificate, usages) }
      } catch {
        return
          "The purpose of the certificate of \(certificate.subject) cannot be read: \(error.reason)."
      }
    }
    return nil
  }

  private static func fault(
    of certificate: X509Certificate, _ usages: [ExtendedKeyUsage.Usage]?
  ) -> String {
    let found = (usages ?? []).map { "\($0)" }.joined(separator: ", ")
    return "The certificate of \(certificate.subject) is for another purpose: "
      + "its extended key usage is \(found.isEmpty ? "missing" : found)."
  }

  /// The extended key usages that are good for it; none where any is.
  private var usages: [ExtendedKeyUsage.Usage] {
    switch self {
    case .certifying: []
    case .timeStamping: [.timeStamping]
    case .signing:
      // The last is id-kp-documentSigning (RFC 9336).
      [
        .emailProtection, .codeSigning,
        ExtendedKeyUsage.Usage(oid: [1, 3, 6, 1, 5, 5, 7, 3, 36]),
      ]
    }
  }

  private func allows(_ usage: KeyUsage) -> Bool {
    self == .certifying ? usage.keyCertSign : usage.digitalSignature || usage.nonRepudiation
  }

  private func allows(_ usages: [ExtendedKeyUsage.Usage]?) -> Bool {
    switch self {
    case .certifying: true
    case .timeStamping: usages == [.timeStamping]
    case .signing:
      usages?.contains { $0 == .any || self.usages.contains($0) } ?? true
    }
  }
}

extension X509Certificate {
  /// Why a certificate is not valid at a time, in a sentence; `nil` when it is.
  func dateFault(at time: Instant) -> String? {
    if time < notBefore { return "The certificate of \(subject) is not valid before \(notBefore)." }
    return notAfter < time ? "The certificate of \(subject) expired at \(notAfter)." : nil
  }
}

/// A certificate revocation list (RFC 5280, 5), complete and of one issuer.
struct RevocationList {
  /// The encoded Name of whose list it is.
  let issuer: [UInt8]
  /// When the next list was due; `nil` when the list does not say.
  let nextUpdate: Instant?
  private let revoked: [[UInt8]: Instant]
  private let body: [UInt8]
  private let algorithm: ASN1ObjectIdentifier
  private let signature: [UInt8]

  /// Reads a list.
  ///
  /// - Throws: what SwiftASN1 throws, and for a partial or indirect list, which says so in a critical extension.
  init(der: [UInt8]) throws {
    // CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature }
    var list = try DER.parse(der).fields()
    let body = try list.required()
    self.body = Array(body.encodedBytes)
    algorithm = try list.required().algorithm()
    signature = Array(try ASN1BitString(derEncoded: list.required()).bytes)
    // TBSCertList ::= SEQUENCE { version?, algorithm, issuer, thisUpdate, nextUpdate?, revoked?, [0] extensions? }
    var fields = try body.fields()
    _ = fields.optional(.integer)
    _ = try fields.required()
    issuer = Array(try fields.required().encodedBytes)
    _ = try Instant(fields.required())
    nextUpdate =
      fields.next == .utcTime || fields.next == .generalizedTime
      ? try Instant(fields.required()) : nil
    revoked = try Self.entries(fields.optional(.sequence)?.children() ?? [])
    for node in try fields.tagged(0)?.children().first?.children() ?? [] {
      let found = try Certificate.Extension(derEncoded: node)
      guard !found.critical else {
        throw ASN1Error.invalidASN1Object(
          reason: "it has the critical extension \(found.oid), as partial and indirect lists have")
      }
    }
  }

  /// When a certificate was revoked; `nil` when it was not.
  func revocation(of certificate: X509Certificate) -> Instant? { revoked[certificate.serial] }

  /// Whether a certificate's key signed the list.
  func isSigned(by certificate: X509Certificate) -> Bool {
    let key = certificate.parsed.publicKey
    return MessageDigest.allCases.contains { digest in
      guard [digest.withRSA, digest.withECDSA].contains(algorithm),
        let algorithm = digest.algorithm(for: key)
      else { return false }
      return key.isValidSignature(signature, for: body, signatureAlgorithm: algorithm)
    }
  }

  /// Reads `SEQUENCE { serial, date, extensions? }`.
  private static func entries(_ nodes: [ASN1Node]) throws -> [[UInt8]: Instant] {
    var revoked: [[UInt8]: Instant] = [:]
    for node in nodes {
      var fields = try node.fields()
      revoked[Array(try fields.required().encodedBytes)] = try Instant(fields.required())
    }
    return revoked
  }
}
