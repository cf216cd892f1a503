import SwiftASN1
import X509

/// A CMS SignedData (RFC 5652) with one signer: the form of a pack's signature and of a time-stamp token.
///
/// It is read leniently and written in one form only: DER, one digest algorithm, the signer by issuer and serial number,
/// the registered name of key and digest, no unsigned attributes, no CRLs. All of that is covered by no signature; what is
/// not written as it is here is not what was published.
struct SignedData {
  /// What is signed: `data`, or a time-stamp's content.
  var contentType: ASN1ObjectIdentifier
  /// The content, unless it is detached.
  var content: [UInt8]?
  /// The signer's certificate.
  var signer: X509Certificate
  /// The certificates that go along.
  var others: [X509Certificate]
  /// The digest algorithm.
  var digest: MessageDigest
  /// The signed attributes, DER, tagged as the SET that is signed; `nil` when the content itself is signed.
  var signedAttributes: [UInt8]?
  /// The signature's value.
  var signature: [UInt8]
}

extension SignedData {
  /// All certificates, the signer's first, the others in the order of DER.
  var certificates: [X509Certificate] {
    [signer] + others.sorted { $0.der.lexicographicallyPrecedes($1.der) }
  }

  /// What is wrong with the signature over a content, in words; `nil` when it is right.
  ///
  /// The signature is checked against the certificate that it carries; whose that is, is another question.
  func fault(over content: [UInt8]) -> String? {
    guard let algorithm = digest.algorithm(for: signer.parsed.publicKey) else {
      return "the key of \(signer.subject) is neither P-256, P-384 nor RSA"
    }
    if let signedAttributes {
      do {
        let attributes = try SignedAttributes(der: signedAttributes)
        guard attributes.contentType == contentType else {
          return "the signed attributes name another type of content"
        }
        guard attributes.messageDigest == digest.of(content) else {
          return "it was made over other bytes"
        }
      } catch {
        return "the signed attributes cannot be read: \(error.reason)"
      }
    }
    guard
      signer.parsed.publicKey.isValidSignature(
        signature, for: signedAttributes ?? content, signatureAlgorithm: algorithm)
    else {
      return signedAttributes == nil
        ? "it was made over other bytes, or not by the key of \(signer.subject)"
        : "it was not made by the key of \(signer.subject)"
    }
    return nil
  }
}

/// What a signer says beside the content, and signs together with its digest (RFC 5652, 5.3).
struct SignedAttributes {
  /// The type of the content.
  let contentType: ASN1ObjectIdentifier
  /// The digest of the content.
  let messageDigest: [UInt8]
  private let values: [ASN1ObjectIdentifier: ASN1Node]

  /// Reads the SET OF attributes.
  ///
  /// - Throws: what SwiftASN1 throws, and when an attribute is there twice, has not one value, or is missing.
  init(der: [UInt8]) throws {
    var values: [ASN1ObjectIdentifier: ASN1Node] = [:]
    for attribute in try DER.parse(der).children() {
      var fields = try attribute.fields()
      let type = try ASN1ObjectIdentifier(derEncoded: fields.required())
      let found = try fields.required().children()
      guard let value = found.first, found.count == 1,
        values.updateValue(value, forKey: type) == nil
      else { throw ASN1Error.invalidASN1Object(reason: "attribute \(type) has not one value") }
    }
    guard let type = values[[1, 2, 840, 113549, 1, 9, 3]],
      let digest = values[[1, 2, 840, 113549, 1, 9, 4]]
    else { throw ASN1Error.invalidASN1Object(reason: "the content's type or digest is missing") }
    contentType = try ASN1ObjectIdentifier(derEncoded: type)
    messageDigest = Array(try ASN1OctetString(derEncoded: digest).bytes)
    self.values = values
  }

  /// The value of an attribute.
  subscript(_ type: ASN1ObjectIdentifier) -> ASN1Node? { values[type] }
}
