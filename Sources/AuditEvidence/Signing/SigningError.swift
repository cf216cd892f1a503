package import AuditModel
import SwiftASN1

/// A key, a certificate, a trust anchor or a signature that cannot be used.
///
/// A signature that does not verify is a ``SignatureVerdict`` and not an error.
package enum SigningError: AuditFailure, Equatable {
  /// A private key that asks for a passphrase.
  case encryptedKey
  /// A file without a key, or with more than one.
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
  /// What a command printed cannot be used as a signature.
  case notASignature(String)
  /// The certificate of a command's signature is not valid now, or not for signing; why, in sentences.
  case unacceptableSigner(String)
  /// What a time-stamping authority answered cannot be used as a token.
  case notATimestamp(String)
  /// A file of trust anchors that cannot be used.
  case brokenTrust(file: String, String)

  /// What is wrong, and what to do.
  package var message: Message { message(at: nil) }

  /// The same with the option that the key came with.
  package func message(at origin: String?) -> Message {
    let place = origin.map { "\($0): " } ?? ""
    return switch self {
    case .encryptedKey: Message(.encryptedKey, place)
    case .noKey(let found): Message(.noSigningKey, place, Self.list(found))
    case .unsupportedKey(let kind): Message(.unsupportedKey, place, kind, Self.usableKeys)
    case .brokenKey(let reason): Message(.brokenKey, place, reason, Self.usableKeys)
    case .certificateMissing: Message(.certificateMissing, place)
    case .certificateNotWanted: Message(.certificateNotWanted, place)
    case .brokenCertificate(let reason): Message(.brokenCertificate, place, reason)
    case .keyDoesNotMatch(let subject): Message(.keyDoesNotMatch, place, subject)
    case .signingFailed(let reason): Message(.signingFailed, reason)
    case .notASignature(let reason): Message(.unusableSignature, reason)
    case .unacceptableSigner(let reasons): Message(.unacceptableSigner, reasons)
    case .notATimestamp(let reason): Message(.unusableTimestamp, reason)
    case .brokenTrust(let file, let reason): Message(.unusableTrust, file, reason)
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
