/// Whom a verifier trusts: certification authorities, keys, or both.
public struct TrustAnchors: Sendable {
  /// Certificates of authorities, or of signers themselves; `nil` when no file was given.
  let certificates: [X509Certificate]?
  /// What the authorities revoked.
  let revocations: [RevocationList]
  /// Keys of signers; `nil` when no file was given.
  let allowedSigners: [AllowedSigner]?

  /// Trusts certificates or keys that are known.
  init(certificates: [X509Certificate]? = nil, allowedSigners: [AllowedSigner]? = nil) {
    self.certificates = certificates
    revocations = []
    self.allowedSigners = allowedSigners
  }

  /// Reads what a verifier was given.
  ///
  /// - Parameters:
  ///   - certificates: the file of `--ca-file`: certificates in PEM, and CRLs among them.
  ///   - allowedSigners: the file of `--allowed-signers`, as ssh-keygen reads it.
  /// - Throws: `SigningError.brokenTrust`.
  public init(certificates: [UInt8]?, allowedSigners: [UInt8]?) throws(SigningError) {
    self.allowedSigners = try allowedSigners.map(AllowedSigner.reading)
    guard let certificates else {
      self.certificates = nil
      revocations = []
      return
    }
    do {
      (self.certificates, revocations) = try Self.reading(certificates)
    } catch {
      throw .brokenTrust(file: "--ca-file", "\(error)")
    }
  }

  private static func reading(_ pem: [UInt8]) throws -> ([X509Certificate], [RevocationList]) {
    var certificates: [X509Certificate] = []
    var revocations: [RevocationList] = []
    for (index, block) in try Armour.blocks(of: pem).enumerated() {
      if block.label == .revocationList {
        revocations.append(try RevocationList(der: block.bytes))
      } else {
        certificates.append(try X509Certificate(block, number: index + 1))
      }
    }
    guard !certificates.isEmpty else {
      throw SealFault("there is no certificate in PEM form in it")
    }
    return (certificates, revocations)
  }
}
