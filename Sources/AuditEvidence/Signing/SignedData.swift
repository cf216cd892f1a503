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

extension SignedData {
  /// The content of a file: `data`.
  static let data: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 1]
  private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
  private static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]

  /// Reads a ContentInfo that holds SignedData, in DER or BER.
  ///
  /// - Throws: what SwiftASN1 and X509 throw.
  init(reading bytes: [UInt8]) throws {
    // ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT content }
    var info = try BER.parse(bytes).fields()
    guard try ASN1ObjectIdentifier(derEncoded: info.required()) == Self.signedData else {
      throw ASN1Error.invalidASN1Object(reason: "the content is not SignedData")
    }
    var fields = try info.tagged(0).map { try $0.children() }?.first?.fields() ?? ASN1Fields([])
    _ = try fields.required()  // version, which follows from the rest
    _ = try fields.required()  // digestAlgorithms, which follow from the signer's
    var encapsulated = try fields.required().fields()
    let contentType = try ASN1ObjectIdentifier(derEncoded: encapsulated.required())
    let content = try encapsulated.tagged(0)?.children().first
      .map { Array(try ASN1OctetString(berEncoded: $0).bytes) }
    let certificates = try (fields.tagged(0)?.children() ?? [])
      .map { try X509Certificate(der: Array($0.encodedBytes)) }
    _ = fields.tagged(1)  // CRLs, which come with the trust anchors
    let signers = try fields.required().children()
    guard let signer = signers.first, signers.count == 1 else {
      throw ASN1Error.invalidASN1Object(reason: "there are \(signers.count) signers, not one")
    }
    try self.init(
      signer: signer, certificates: certificates, contentType: contentType, content: content)
  }

  /// Reads the SignerInfo.
  private init(
    signer node: ASN1Node, certificates: [X509Certificate], contentType: ASN1ObjectIdentifier,
    content: [UInt8]?
  ) throws {
    // SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs?, signatureAlgorithm, signature, … }
    var fields = try node.fields()
    _ = try fields.required()
    let identity = try fields.required()
    guard let signer = try certificates.first(where: { try $0.is(identity) }) else {
      throw ASN1Error.invalidASN1Object(reason: "the signer's certificate is not in it")
    }
    let digestName = try fields.required().algorithm()
    guard let digest = MessageDigest.allCases.first(where: { $0.identifier == digestName }) else {
      throw ASN1Error.invalidASN1Object(
        reason: "the digest algorithm \(digestName) is not SHA-256, SHA-384 or SHA-512")
    }
    // The attributes are signed as a SET, and written with a tag of their own in place of the SET's.
    let attributes = fields.tagged(0).map { [0x31] + $0.encodedBytes.dropFirst() }
    let algorithm = try fields.required().algorithm()
    guard [Self.rsaEncryption, digest.withRSA, digest.withECDSA].contains(algorithm) else {
      throw ASN1Error.invalidASN1Object(
        reason:
          "the signature algorithm \(algorithm) does not go with the digest, or is not supported")
    }
    self.init(
      contentType: contentType, content: content, signer: signer,
      others: certificates.filter { $0 != signer }, digest: digest, signedAttributes: attributes,
      signature: Array(try ASN1OctetString(berEncoded: fields.required()).bytes))
  }

  /// The one form in which it is written.
  ///
  /// - Throws: what SwiftASN1 throws, which it has no reason to.
  func encoded() throws -> [UInt8] {
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(Self.signedData)
      try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) { coder in
        try coder.appendConstructedNode(identifier: .sequence) { try encodeFields(&$0) }
      }
    }
    return coder.serializedBytes
  }

  private func encodeFields(_ coder: inout DER.Serializer) throws {
    // RFC 5652, 5.1: version 1 while the content is `data` and the signer is named by issuer and serial number, else 3.
    try coder.serialize(contentType == Self.data ? 1 : 3)
    try coder.appendConstructedNode(identifier: .set) { try encodeDigest(&$0) }
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(contentType)
      if let content {
        try coder.serialize(
          ASN1OctetString(contentBytes: content[...]), explicitlyTaggedWithTagNumber: 0,
          tagClass: .contextSpecific)
      }
    }
    coder.appendConstructedNode(
      identifier: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
    ) { coder in
      for der in certificates.map(\.der).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        coder.serializeRawBytes(der)
      }
    }
    try coder.appendConstructedNode(identifier: .set) { coder in
      try coder.appendConstructedNode(identifier: .sequence) { try encodeSigner(&$0) }
    }
  }

  private func encodeSigner(_ coder: inout DER.Serializer) throws {
    try coder.serialize(1)
    coder.appendConstructedNode(identifier: .sequence) { coder in
      coder.serializeRawBytes(signer.issuer)
      coder.serializeRawBytes(signer.serial)
    }
    try encodeDigest(&coder)
    if let signedAttributes {
      coder.serializeRawBytes([0xa0] + signedAttributes.dropFirst())
    }
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      if KeyKind(signer.parsed.publicKey) == .rsa {
        try coder.serialize(digest.withRSA)
        try coder.serialize(ASN1Null())
      } else {
        try coder.serialize(digest.withECDSA)
      }
    }
    try coder.serialize(ASN1OctetString(contentBytes: signature[...]))
  }

  /// The digest's AlgorithmIdentifier, without parameters, as RFC 5754 wants it.
  private func encodeDigest(_ coder: inout DER.Serializer) throws {
    try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(digest.identifier) }
  }
}

extension X509Certificate {
  /// Whether a SignerIdentifier names this certificate.
  fileprivate func `is`(_ identity: ASN1Node) throws -> Bool {
    if identity.identifier == .sequence {
      return try identity.children().map { Array($0.encodedBytes) } == [issuer, serial]
    }
    guard identity.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific),
      case .primitive(let identifier) = identity.content
    else { throw ASN1Error.unexpectedFieldType(identity.identifier) }
    return try parsed.extensions.subjectKeyIdentifier?.keyIdentifier == identifier
  }
}
