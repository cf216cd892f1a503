import AuditModel
import SwiftASN1
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
