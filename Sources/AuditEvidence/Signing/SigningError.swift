package import AuditModel
import SwiftASN1

/// A key, a certificate, a trust anchor or a signature that cannot be used.
///
/// A signature that does not verify is no error but a ``SignatureVerdict``.
package enum SigningError: AuditFailure, Equatable {
  /// A private key that asks for a passphrase.
  case encryptedKey
  /// A file of a key in which there is none, or more than one.
  case noKey(found: [String])
  /// A private key of a kind that is not supported; the kind and what to use instead.
  case unsupportedKey(String)
  /// A private key that cannot be read.
  case brokenKey(String)
  /// A PEM key without its certificate.
  case certificateMissing
  /// A certificate beside an OpenSSH key, which has none.
  case certificateNotWanted
  /// A file that should hold certificates and does not; what is wrong with it.
  case brokenCertificate(String)
  /// A certificate for another key.
  case keyDoesNotMatch(subject: String)
  /// The signature could not be made.
  case signingFailed(String)
  /// What a command printed is no signature that can be used.
  case notASignature(String)
  /// The certificate of a command's signature is not valid now, or not for signing; why, in sentences.
  case unacceptableSigner(String)
  /// What a time-stamping authority answered is no token that can be used.
  case notATimestamp(String)
  /// A file of trust anchors that cannot be used.
  case brokenTrust(file: String, String)

  /// What is wrong, in a sentence.
  package var description: String {
    switch self {
    case .encryptedKey:
      "the signing key is encrypted, and passphrases are not supported. Decrypt it into a file that only "
        + "the job can read (openssl pkey -in KEY -out NEW, or ssh-keygen -p -N '' -f KEY), or sign with "
        + "--sign-command and an agent or HSM."
    case .noKey(let found):
      "the signing key file must hold one private key in PEM or OpenSSH form; it holds \(Self.list(found))."
    case .unsupportedKey(let kind):
      "the signing key is \(kind). \(Self.usableKeys)"
    case .brokenKey(let reason):
      "the signing key cannot be read: \(reason). \(Self.usableKeys)"
    case .certificateMissing:
      "a PEM signing key needs its certificate: give it with --sign-cert, the signing certificate first."
    case .certificateNotWanted:
      "an OpenSSH signing key has no certificate: leave out --sign-cert, or give a PEM key."
    case .brokenCertificate(let reason):
      "the signing certificate cannot be used: \(reason). --sign-cert wants a PEM file "
        + "(BEGIN CERTIFICATE), the signing certificate first."
    case .keyDoesNotMatch(let subject):
      "the signing key does not belong to the certificate of \(subject). "
        + "The signing certificate must be the first in --sign-cert."
    case .signingFailed(let reason):
      "the pack could not be signed: \(reason). Nothing was published; check the key."
    case .notASignature(let reason):
      "what --sign-command printed cannot be used: \(reason). Wanted is a detached CMS signature in PEM or DER over the "
        + "bytes as they are (openssl cms -sign -binary), or an OpenSSH Ed25519 signature for the "
        + "namespace kfaudit."
    case .unacceptableSigner(let reasons):
      "--sign-command: \(reasons) Sign with a certificate that verifiers accept."
    case .notATimestamp(let reason):
      "the time-stamping authority's answer cannot be used: \(reason)."
    case .brokenTrust(let file, let reason):
      "\(file) cannot be used: \(reason). Mend the file or name another."
    }
  }

  /// 74 when signing itself failed, 78 for what was configured.
  package var exitStatus: ExitStatus {
    switch self {
    case .signingFailed, .notASignature, .notATimestamp: .inputOutput
    default: .configuration
    }
  }

  private static let usableKeys =
    "Use a P-256, P-384 or RSA key (2048 bits or more) with a certificate, or an OpenSSH Ed25519 key."

  private static func list(_ found: [String]) -> String {
    found.isEmpty ? "nothing of the kind" : found.joined(separator: ", ")
  }
}

extension Error {
  /// What is wrong, in words; of an error of the ASN.1 library without the line of its source that raised it.
  var reason: String {
    guard let error = self as? ASN1Error else { return String(describing: self) }
    guard error.code == .invalidASN1Object else { return "its ASN.1 is broken, \(error.code)" }
    let words = String(describing: error).parts(at: " ")
    return words.dropFirst().dropLast().joined(separator: " ")
  }
}
