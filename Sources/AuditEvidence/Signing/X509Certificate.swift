import AuditModel
import SwiftASN1
import X509

/// A certificate, with the very bytes it came in.
struct X509Certificate: Hashable {
  /// The bytes, DER.
  let der: [UInt8]
  /// What the library reads in them.
  let parsed: Certificate
  /// The encoded Name of who issued it.
  let issuer: [UInt8]
  /// The encoded Name of its subject.
  let subjectName: [UInt8]
  /// The instant it becomes valid.
  let notBefore: Instant
  /// The last instant it is valid.
  let notAfter: Instant
  /// The encoded INTEGER that the issuer gave it.
  let serial: [UInt8]

  /// Reads a certificate.
  ///
  /// - Throws: what SwiftASN1 and X509 throw.
  init(der: [UInt8]) throws {
    self.der = der
    let node = try DER.parse(der)
    parsed = try Certificate(derEncoded: node)
    // Certificate ::= SEQUENCE { tbs SEQUENCE { [0] version?, serial, algorithm, issuer, validity, subject, … },
    // algorithm, signature }
    let parts = try node.children()
    let fields = try parts.first?.children() ?? []
    let start = fields.first?.identifier == .integer ? 0 : 1
    guard parts.count == 3, fields.count > start + 4 else {
      throw ASN1Error.invalidASN1Object(reason: "the certificate lacks fields")
    }
    // What the issuer's signature does not cover must follow from what it covers.
    guard parts[1].encodedBytes == fields[start + 1].encodedBytes,
      try ASN1BitString(derEncoded: parts[2]).paddingBits == 0
    else { throw ASN1Error.invalidASN1Object(reason: "the signature's frame was changed") }
    var validity = try fields[start + 3].fields()
    notBefore = try Instant(validity.required())
    notAfter = try Instant(validity.required())
    serial = Array(fields[start].encodedBytes)
    issuer = Array(fields[start + 2].encodedBytes)
    subjectName = Array(fields[start + 4].encodedBytes)
  }

  /// The subject, as RFC 4514 writes it.
  var subject: String { TerminalText.sanitized(parsed.subject.description) }

  /// The certificates of a PEM file in their order.
  ///
  /// - Throws: an error that is a clause when there are none, when something else is among them, or when one cannot be read.
  static func reading(pem: [UInt8]) throws -> [X509Certificate] {
    let blocks = try Armour.blocks(of: pem)
    guard !blocks.isEmpty else { throw SealError("there is no certificate in PEM form in it") }
    return try blocks.enumerated().map { try X509Certificate($1, number: $0 + 1) }
  }

  /// Reads one block of a PEM file.
  init(_ block: Armour, number: Int) throws(SealError) {
    guard block.label == .certificate else {
      throw SealError("block \(number) in it is a \(block.label.rawValue), not a CERTIFICATE")
    }
    do {
      try self.init(der: block.bytes)
    } catch {
      throw SealError("certificate \(number) in it cannot be read: \(error.reason)")
    }
  }
}

/// A private key with its certificate.
struct CertifiedKey {
  private let key: Certificate.PrivateKey
  private let kind: KeyKind
  private let signer: X509Certificate
  private let others: [X509Certificate]

  /// Checks that a key in PEM is supported and belongs to the first of the certificates; the others go along.
  init(_ block: Armour, certificates: [X509Certificate]) throws(SigningError) {
    do {
      key = try Certificate.PrivateKey(
        pemDocument: PEMDocument(type: block.label.rawValue, derBytes: block.bytes))
    } catch {
      throw .brokenKey(error.reason)
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
