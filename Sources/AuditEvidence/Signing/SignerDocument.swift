package import AuditModel
import X509

/// Who signs a pack: what `manifest.json` says beforehand, and what the verifier then demands of the signature.
///
/// The manifest is covered by SHA256SUMS and so by the signature. A certificate, which no signature of the pack covers,
/// is bound by its digest: a flipped bit in it is found even without a trust anchor.
package struct SignerDocument: Codable, Sendable, Equatable {
  /// The form of the signature.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// CMS SignedData (RFC 5652), detached, PEM.
    case cms
    /// SSHSIG, as `ssh-keygen -Y sign` makes it.
    case ssh

    /// The signature's file within the pack.
    package var fileName: String {
      switch self {
      case .cms: "SHA256SUMS.p7s"
      case .ssh: "SHA256SUMS.sig"
      }
    }
  }

  /// The form of the signature.
  package var kind: Kind
  /// SHA-256 of each certificate in the signature, DER, lower-case hexadecimal: the signer's first; none for `ssh`.
  package var certificatesSha256: [String]
  /// The key's fingerprint as `ssh-keygen` prints it, `SHA256:…`; `null` for `cms`.
  @ExplicitNull package var keyFingerprint: String?
  /// The subject of the signer's certificate; `null` for `ssh`.
  @ExplicitNull package var subject: String?
  /// Since when the certificate is valid, RFC 3339 UTC; `null` for `ssh`.
  @ExplicitNull package var notBefore: String?
  /// Until when the certificate is valid, RFC 3339 UTC; `null` for `ssh`.
  @ExplicitNull package var notAfter: String?

  /// The signer as a person knows it: the subject, or the fingerprint.
  package var name: String { subject ?? keyFingerprint ?? "nobody" }

  /// Whether two name the same certificates or key; the other facts follow from these.
  func isSame(as other: SignerDocument) -> Bool {
    (kind, certificatesSha256, keyFingerprint)
      == (other.kind, other.certificatesSha256, other.keyFingerprint)
  }
}

extension SignerDocument {
  /// The signer of a CMS signature, whose certificate is the first.
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

/// The one signer that a verifier accepts: by the subject of the certificate, or by the SHA-256 of certificate or key.
package struct SignerPin: Sendable, Equatable {
  /// As the user wrote it.
  package let text: String

  /// Reads a subject as RFC 4514 writes it, 64 hexadecimal digits with or without colons, or the fingerprint that
  /// `ssh-keygen -l` prints; `nil` for anything else.
  package init?(_ text: String) {
    self.text = text
    guard isDigest || text.utf8.contains(UInt8(ascii: "=")) else { return nil }
  }

  /// The SHA-256 of a certificate or key, where that is what the text is.
  private var digest: Digest? {
    let digits = text.utf8.filter { $0 != UInt8(ascii: ":") }.lowercasedASCII
    return Digest(hexadecimal: String(decoding: digits, as: UTF8.self))
  }

  private var fingerprint: [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: "SHA256:".utf8) else { return nil }
    return bytes.last == UInt8(ascii: "=") ? bytes.dropLast() : bytes
  }

  /// Whether it is a certificate or a key itself; anyone can write a subject into a certificate.
  package var isDigest: Bool { digest != nil || fingerprint != nil }

  /// Whether a signature is by this signer.
  func matches(_ signature: PackSignature) -> Bool {
    switch signature {
    case .cms(let signature):
      if let digest { return Digest.of(signature.signer.der) == digest }
      return Self.withoutBlanks(text)
        == Self.withoutBlanks(signature.signer.parsed.subject.description)
    case .ssh(let signature):
      if let digest { return Digest.of(signature.key.blob) == digest }
      return fingerprint == Array(signature.key.fingerprint.utf8)
    }
  }

  /// A subject's bytes without the blanks that some programs print behind the comma between its parts.
  private static func withoutBlanks(_ subject: String) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    var isAfterComma = false
    for byte in subject.utf8 {
      if isAfterComma, byte == UInt8(ascii: " ") { continue }
      isAfterComma = !isEscaped && byte == UInt8(ascii: ",")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      result.append(byte)
    }
    return result
  }
}
