package import AuditModel

/// What shows a pack's origin: SHA256SUMS, its signature and its time-stamp.
package struct Seal: Sendable {
  /// The file of a time-stamp within the pack.
  package static let timestampFileName = "SHA256SUMS.tsr"

  /// The bytes of SHA256SUMS.
  package var checksums: [UInt8]
  /// The signer that manifest.json names; `nil` when the pack is not signed.
  package var signer: SignerDocument?
  /// The bytes of the signature's file, which is named by the signer's kind; `nil` when it is missing.
  package var signature: [UInt8]?
  /// The bytes of the time-stamp's file; `nil` when there is none.
  package var timestamp: [UInt8]?

  /// Describes a seal.
  package init(
    checksums: [UInt8], signer: SignerDocument?, signature: [UInt8]?, timestamp: [UInt8]?
  ) {
    self.checksums = checksums
    self.signer = signer
    self.signature = signature
    self.timestamp = timestamp
  }

  /// What a time-stamp is over: the signature's file, which could otherwise be made later by a key that has since been
  /// stolen or expired; SHA256SUMS when there is none.
  package var stamped: [UInt8] { signature ?? checksums }
}

/// What was found of a pack's signature and time-stamp.
package struct SealVerdict: Sendable, Equatable {
  /// The signature.
  package var signature: SignatureVerdict
  /// The time-stamp.
  package var timestamp: TimestampVerdict
}

/// What was found of a pack's signature.
package enum SignatureVerdict: Sendable, Equatable {
  /// The pack is not signed; to be said, not passed over.
  case unsigned
  /// The signature is over these bytes, by the signer that the manifest names.
  case valid(SignerDocument, SignerTrust)
  /// It is not; why, in sentences.
  case invalid([String])
}

/// What was found of a pack's time-stamp.
package enum TimestampVerdict: Sendable, Equatable {
  /// There is none.
  case absent
  /// The time-stamping authority says that the signature existed at a time.
  case valid(Timestamp, SignerTrust)
  /// The token is not one over this pack; why, in sentences.
  case invalid([String])
}

/// What a time-stamp says.
package struct Timestamp: Sendable, Equatable {
  /// When the stamped bytes existed at the latest.
  package var time: Instant
  /// The subject of the authority's certificate.
  package var authority: String
}

/// Whether it is known whose key made a signature.
package enum SignerTrust: Sendable, Equatable {
  /// A trust anchor vouches for the signer, judged at an instant.
  case established(by: String, at: Instant)
  /// There is no trust anchor: the signature fits its own certificate or key, whose owner is not known.
  case notEstablished
}

/// When signers are judged: whether their certificates were valid and their keys allowed.
package enum VerificationTime: Sendable, Equatable {
  /// Now; a time-stamp by an authority that is trusted takes its place.
  case now(Instant)
  /// At an instant that a person names, whatever a time-stamp says.
  case at(Instant)
}

/// Why a signature or a time-stamp is refused.
struct SealError: Error, Equatable, CustomStringConvertible {
  /// The reasons: sentences, or a clause that a sentence is made of.
  var reasons: [String]

  /// Tells one reason.
  init(_ reason: String) {
    reasons = [reason]
  }

  /// Tells several.
  init(reasons: [String]) {
    self.reasons = reasons
  }

  var description: String { reasons.joined(separator: " ") }
}
