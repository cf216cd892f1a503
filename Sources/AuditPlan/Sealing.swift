package import AuditEvidence
package import AuditModel

/// What signs and time-stamps a pack.
package struct Sealing: Sendable {
  /// What makes the signature.
  package enum Signing: Sendable {
    /// A key of this machine, checked.
    case key(PackSigner)
    /// A shell command that reads SHA256SUMS and prints a signature.
    case command(String)
  }

  /// A time-stamping authority and how to reach it.
  package struct Authority: Sendable, Equatable {
    /// Its address.
    package var url: WebAddress
    /// Certificates to trust besides the system's, in PEM.
    package var trustedCertificates: [UInt8]?
    /// The proxy, already decided for this address.
    package var proxy: ProxyAddress?
  }

  /// `nil` for a pack that is not signed.
  package var signing: Signing?
  /// `nil` for a pack without a time-stamp.
  package var authority: Authority?
}
