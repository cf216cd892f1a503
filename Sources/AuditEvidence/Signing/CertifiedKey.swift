import SwiftASN1
import X509

/// A private key with its certificate.
struct CertifiedKey {
  private let key: Certificate.PrivateKey
  private let kind: KeyKind
  private let signer: X509Certificate
  private let others: [X509Certificate]

  /// Checks that a key is supported and belongs to the first of the certificates.
  ///
  /// - Parameters:
  ///   - block: the key as it stood in PEM.
  ///   - certificates: its own first, then those that go along.
  /// - Throws: `SigningError`.
  init(_ block: Armour, certificates: [X509Certificate]) throws(SigningError) {
    do {
      key = try Certificate.PrivateKey(
        pemDocument: PEMDocument(type: block.label.rawValue, derBytes: block.bytes))
    } catch {
      throw .brokenKey(error.words)
    }
    guard let kind = KeyKind(key.publicKey) else { throw .unsupportedKey("\(key.publicKey)") }
    self.kind = kind
    guard let signer = certificates.first else { throw .certificateMissing }
    guard signer.parsed.publicKey == key.publicKey else {
      throw .keyDoesNotMatch(subject: signer.subject)
    }
    self.signer = signer
    others = Array(Set(certificates).subtracting([signer]))
  }

  /// The certificates in its signatures, the signer's first.
  var certificates: [X509Certificate] { signature([]).certificates }

  /// Signs a content: CMS, detached, over the bytes themselves.
  ///
  /// - Throws: what X509 and Crypto throw.
  func sign(_ content: [UInt8]) throws -> SignedData {
    guard let algorithm = kind.digest.algorithm(for: key.publicKey) else {
      throw SigningError.unsupportedKey("\(key.publicKey)")
    }
    return signature(try key.sign(bytes: content, signatureAlgorithm: algorithm).rawRepresentation)
  }

  private func signature(_ value: [UInt8]) -> SignedData {
    SignedData(
      contentType: SignedData.data, content: nil, signer: signer, others: others,
      digest: kind.digest, signedAttributes: nil, signature: value)
  }
}
