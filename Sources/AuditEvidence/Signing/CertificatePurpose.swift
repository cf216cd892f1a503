import AuditModel
import X509

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
  /// A certificate without the extensions may be used for anything. Whoever restricts it to servers, time-stamps or
  /// OCSP answers did not mean it to sign documents; there is no one usage that all who sign documents have.
  func fault(of certificate: X509Certificate) -> String? {
    do {
      let extensions = certificate.parsed.extensions
      if let usage = try extensions.keyUsage, !allows(usage) {
        return
          "The certificate of \(certificate.subject) is for another purpose: its key usage is \(usage)."
      }
      let usages = try extensions.extendedKeyUsage.map(Array.init)
      guard allows(usages) else {
        let found = (usages ?? []).map { "\($0)" }.joined(separator: ", ")
        return "The certificate of \(certificate.subject) is for another purpose: "
          + "its extended key usage is \(found.isEmpty ? "missing" : found)."
      }
      return nil
    } catch {
      return
        "The purpose of the certificate of \(certificate.subject) cannot be read: \(error.words)."
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
      usages?.contains { ![.serverAuth, .timeStamping, .ocspSigning].contains($0) } ?? true
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
