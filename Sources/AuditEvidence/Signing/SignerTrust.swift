public import AuditModel

/// Whether it is known whose key made a signature.
public enum SignerTrust: Sendable, Equatable {
  /// A trust anchor vouches for the signer, judged at an instant.
  case established(by: String, at: Instant)
  /// There is no trust anchor: the signature fits its own certificate or key, whosever that is.
  case notEstablished
}
