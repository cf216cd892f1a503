import AuditModel

/// Who signs a pack: what `manifest.json` says beforehand, and what the verifier then demands of the signature.
///
/// The manifest is covered by SHA256SUMS and so by the signature. A certificate, which no signature of the pack covers,
/// is bound by its digest: a flipped bit in it is found even without a trust anchor.
public struct SignerDocument: Codable, Sendable, Equatable {
  /// The form of the signature.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// CMS SignedData (RFC 5652), detached, PEM.
    case cms
    /// SSHSIG, as `ssh-keygen -Y sign` makes it.
    case ssh

    /// The signature's file within the pack.
    public var fileName: String {
      switch self {
      case .cms: "SHA256SUMS.p7s"
      case .ssh: "SHA256SUMS.sig"
      }
    }
  }

  /// The form of the signature.
  public var kind: Kind
  /// SHA-256 of each certificate in the signature, DER, lower-case hexadecimal: the signer's first; none for `ssh`.
  public var certificatesSha256: [String]
  /// The key's fingerprint as `ssh-keygen` prints it, `SHA256:…`; `null` for `cms`.
  public var keyFingerprint: String?
  /// The subject of the signer's certificate; `null` for `ssh`.
  public var subject: String?
  /// Since when the certificate is valid, RFC 3339 UTC; `null` for `ssh`.
  public var notBefore: String?
  /// Until when the certificate is valid, RFC 3339 UTC; `null` for `ssh`.
  public var notAfter: String?

  /// The signer as a person knows it: the subject, or the fingerprint.
  public var name: String { subject ?? keyFingerprint ?? "nobody" }

  /// Whether two name the same certificates or key; the other facts follow from these.
  func isSame(as other: SignerDocument) -> Bool {
    (kind, certificatesSha256, keyFingerprint)
      == (other.kind, other.certificatesSha256, other.keyFingerprint)
  }

  /// Writes every key, absent values as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(certificatesSha256, forKey: .certificatesSha256)
    try container.encode(keyFingerprint, forKey: .keyFingerprint)
    try container.encode(subject, forKey: .subject)
    try container.encode(notBefore, forKey: .notBefore)
    try container.encode(notAfter, forKey: .notAfter)
  }
}

extension SignerDocument {
  /// The signer of a CMS signature.
  ///
  /// - Parameter certificates: the signer's certificate first, then those that go along.
  init(certificates: [X509Certificate]) {
    self.init(
      kind: .cms, certificatesSha256: certificates.map { Digest.of($0.der).hexadecimal },
      keyFingerprint: nil, subject: certificates.first?.subject,
      notBefore: certificates.first?.notBefore.description,
      notAfter: certificates.first?.notAfter.description)
  }

  /// The signer of an OpenSSH signature.
  init(key: SSHPublicKey) {
    self.init(
      kind: .ssh, certificatesSha256: [], keyFingerprint: key.fingerprint, subject: nil,
      notBefore: nil, notAfter: nil)
  }
}
