/// What stands for a pack's origin: SHA256SUMS, and what lies beside it.
public struct Seal: Sendable {
  /// The file of a time-stamp within the pack.
  public static let timestampFileName = "SHA256SUMS.tsr"

  /// The bytes of SHA256SUMS.
  public var checksums: [UInt8]
  /// The signer whom manifest.json names; `nil` when the pack is not signed.
  public var signer: SignerDocument?
  /// The bytes of the signature's file, which is named by the signer's kind; `nil` when it is missing.
  public var signature: [UInt8]?
  /// The bytes of the time-stamp's file; `nil` when there is none.
  public var timestamp: [UInt8]?

  /// Describes a seal.
  public init(
    checksums: [UInt8], signer: SignerDocument?, signature: [UInt8]?, timestamp: [UInt8]?
  ) {
    self.checksums = checksums
    self.signer = signer
    self.signature = signature
    self.timestamp = timestamp
  }

  /// What a time-stamp is over: the signature's file, which could otherwise be made later by a key that has since been
  /// stolen or expired; SHA256SUMS when there is none.
  public var stamped: [UInt8] { signature ?? checksums }
}
