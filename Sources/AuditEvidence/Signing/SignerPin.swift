import AuditModel
import X509

/// The one signer whom a verifier accepts: by the subject of the certificate, or by the SHA-256 of certificate or key.
public struct SignerPin: Sendable, Equatable {
  /// As the user wrote it.
  public let text: String

  /// Names a signer; `nil` for a text of none of these forms, an empty one for example.
  ///
  /// - Parameter text: A subject as RFC 4514 writes it, 64 hexadecimal digits with or without colons, or the fingerprint
  ///   that `ssh-keygen -l` prints.
  public init?(_ text: String) {
    self.text = text
    guard isDigest || text.utf8.contains(UInt8(ascii: "=")) else { return nil }
  }

  /// The SHA-256 of a certificate or key, where that is what the text is.
  private var digest: Digest? {
    let digits = text.utf8.filter { $0 != UInt8(ascii: ":") }.map { byte in
      UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte ? byte | 0x20 : byte
    }
    return Digest(hexadecimal: String(decoding: digits, as: UTF8.self))
  }

  private var fingerprint: [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: "SHA256:".utf8) else { return nil }
    return bytes.last == UInt8(ascii: "=") ? bytes.dropLast() : bytes
  }

  /// Whether it is a certificate or a key itself; anyone can write a subject into a certificate.
  public var isDigest: Bool { digest != nil || fingerprint != nil }

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
