public import AuditEvidence
public import AuditModel

/// What signs and time-stamps a pack.
public struct Sealing: Sendable {
  /// What makes the signature.
  public enum Signing: Sendable {
    /// A key of this machine, checked.
    case key(PackSigner)
    /// A shell command that reads SHA256SUMS and prints a signature.
    case command(String)
  }

  /// A time-stamping authority and how to reach it.
  public struct Authority: Sendable, Equatable {
    /// Its address.
    public var url: WebAddress
    /// Certificates to trust besides the system's, in PEM.
    public var trustedCertificates: [UInt8]?
    /// The proxy, already decided for this address.
    public var proxy: ProxyAddress?
  }

  /// `nil` for a pack that is not signed.
  public var signing: Signing?
  /// `nil` for a pack without a time-stamp.
  public var authority: Authority?
}
