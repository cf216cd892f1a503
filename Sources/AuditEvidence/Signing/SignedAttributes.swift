import SwiftASN1

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
