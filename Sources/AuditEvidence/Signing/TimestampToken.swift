import AuditModel
import Crypto
import SwiftASN1
import X509

/// A time-stamp token (RFC 3161, 2.4.2): SignedData over the digest of what is stamped, and a time.
struct TimestampToken {
  private static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

  /// The token as it is signed.
  private(set) var signed: SignedData
  private let content: [UInt8]
  private let imprint: [UInt8]
  private let digest: MessageDigest
  /// The number that was sent with the request; `nil` when there was none, or one that was not ours.
  let nonce: UInt64?
  /// The time.
  let time: Instant

  /// Reads an authority's answer, or a time-stamp's file, which has the form of one.
  ///
  /// - Throws: `SealError`, a clause, when the authority refused; what SwiftASN1 and X509 throw.
  init(reading bytes: [UInt8]) throws {
    // TimeStampResp ::= SEQUENCE { status SEQUENCE { status INTEGER, … }, token ContentInfo? }
    var answer = try BER.parse(bytes).fields()
    var status = try answer.required().fields()
    let code = try Int(derEncoded: status.required())
    // 0 is granted, 1 granted with modifications, which only the token says.
    guard code == 0 || code == 1, !answer.isEmpty else {
      throw SealError("the authority refused (status \(code))")
    }
    signed = try SignedData(reading: Array(answer.required().encodedBytes))
    guard signed.contentType == Self.contentType, let content = signed.content else {
      throw SealError("it contains no timestamp")
    }
    self.content = content
    // TSTInfo ::= SEQUENCE { version, policy, imprint, serial, genTime, accuracy?, ordering?, nonce?, [0] tsa?, … }
    var info = try DER.parse(content).fields()
    guard try Int(derEncoded: info.required()) == 1 else { throw SealError("its version is not 1") }
    _ = try info.required()
    var imprint = try info.required().fields()
    let name = try imprint.required().algorithm()
    guard let digest = MessageDigest.allCases.first(where: { $0.identifier == name }) else {
      throw SealError("its digest algorithm \(name) is not supported")
    }
    self.digest = digest
    self.imprint = Array(try ASN1OctetString(derEncoded: imprint.required()).bytes)
    _ = try info.required()
    time = try Instant(info.required())
    _ = info.optional(.sequence)
    _ = info.optional(.boolean)
    nonce = try info.optional(.integer).map { try UInt64(derEncoded: $0) }
  }

  /// What it says.
  var timestamp: Timestamp { Timestamp(time: time, authority: signed.signer.subject) }

  /// What is wrong with it over the stamped bytes, a clause; `nil` when it is right.
  func fault(over stamped: [UInt8]) -> String? {
    if imprint != digest.of(stamped) { return "it is over other bytes" }
    if let fault = signed.fault(over: content) { return fault }
    if chain.count != signed.certificates.count {
      return "it holds certificates that do not vouch for its signer"
    }
    do {
      return try certificateFault()
    } catch {
      return "the certificate it names cannot be read: \(error.reason)"
    }
  }

  /// Leaves out the certificates that nothing binds.
  mutating func removeUnrelatedCertificates() {
    signed.others = Array(chain.dropFirst())
  }

  /// The file's bytes: a granted answer, in the one form in which a pack has it.
  ///
  /// - Throws: what SwiftASN1 throws, which it has no reason to.
  func file() throws -> [UInt8] {
    let token = try signed.encoded()
    var coder = DER.Serializer()
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(0) }
      coder.serializeRawBytes(token)
    }
    return coder.serializedBytes
  }
}

extension TimestampToken {
  /// The signer's certificate, its issuer's, and so on to one that signed itself: each is bound by the next.
  ///
  /// Without such an end nothing in the token binds what goes along, and the signer's certificate is alone.
  private var chain: [X509Certificate] {
    var chain = [signed.signer]
    while let last = chain.last,
      let next = signed.others.first(where: { !chain.contains($0) && $0.signed(last) })
    {
      chain.append(next)
    }
    return chain.last.map { $0.signed($0) } == true ? chain : [signed.signer]
  }

  /// Whether the signed attributes name another certificate than the signer's (RFC 5035).
  ///
  /// Without this nothing would bind the certificate: only its key is tried by the signature.
  private func certificateFault() throws -> String? {
    guard let signedAttributes = signed.signedAttributes else { return "it signs no attributes" }
    let attributes = try SignedAttributes(der: signedAttributes)
    let der = signed.signer.der
    var isNamed = false
    // SigningCertificateV2 ::= SEQUENCE { SEQUENCE OF SEQUENCE { algorithm? = SHA-256, digest, … }, … }
    if let value = attributes[[1, 2, 840, 113549, 1, 9, 16, 2, 47]] {
      var first = try value.firstIdentity()
      let name = try first.optional(.sequence)?.algorithm() ?? MessageDigest.sha256.identifier
      let digest = MessageDigest.allCases.first { $0.identifier == name }
      guard try Array(ASN1OctetString(derEncoded: first.required()).bytes) == digest?.of(der) else {
        return "it names another certificate than its signer's"
      }
      isNamed = true
    }
    // SigningCertificate ::= SEQUENCE { SEQUENCE OF SEQUENCE { SHA-1 digest, … }, … }
    if let value = attributes[[1, 2, 840, 113549, 1, 9, 16, 2, 12]] {
      var first = try value.firstIdentity()
      let sha1 = Array(Insecure.SHA1.hash(data: der))
      guard try Array(ASN1OctetString(derEncoded: first.required()).bytes) == sha1 else {
        return "it names another certificate than its signer's"
      }
      isNamed = true
    }
    return isNamed ? nil : "it does not name its signer's certificate"
  }
}

extension ASN1Node {
  /// The first of the certificates that a signing-certificate attribute names.
  fileprivate func firstIdentity() throws -> ASN1Fields {
    var value = try fields()
    var identities = try value.required().fields()
    return try identities.required().fields()
  }
}

extension X509Certificate {
  /// Whether its key signed another certificate, which names it as its issuer.
  fileprivate func signed(_ other: X509Certificate) -> Bool {
    subjectName == other.issuer
      && parsed.publicKey.isValidSignature(other.parsed.signature, for: other.parsed)
  }
}

/// A request to a time-stamping authority (RFC 3161), and what becomes of its answer.
package struct TimestampRequest: Sendable, Equatable {
  /// The media type of the request.
  package static let mediaType = "application/timestamp-query"
  /// The media type of the answer.
  package static let answerMediaType = "application/timestamp-reply"

  private let stamped: [UInt8]
  private let nonce: UInt64

  /// Asks for a time-stamp over ``Seal/stamped``; a random nonce tells an old answer from a new one.
  package init(for stamped: [UInt8], nonce: UInt64) {
    (self.stamped, self.nonce) = (stamped, nonce)
  }

  /// The body of the request: the SHA-256 digest, the nonce, and the wish for the authority's certificate.
  ///
  /// - Throws: `SigningError.notATimestamp`, which it has no reason to.
  package func encoded() throws(SigningError) -> [UInt8] {
    do {
      var coder = DER.Serializer()
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        try coder.serialize(1)
        try coder.appendConstructedNode(identifier: .sequence) { coder in
          try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(MessageDigest.sha256.identifier)
            try coder.serialize(ASN1Null())
          }
          try coder.serialize(
            ASN1OctetString(contentBytes: MessageDigest.sha256.of(stamped)[...]))
        }
        try coder.serialize(nonce)
        try coder.serialize(true)
      }
      return coder.serializedBytes
    } catch {
      throw .notATimestamp(error.reason)
    }
  }

  /// Checks an answer: granted, over these bytes, with this nonce, signed by the authority.
  ///
  /// - Returns: the time-stamp's file, written in the one form of a pack; what the authority signed is kept to the byte.
  /// - Throws: `SigningError.notATimestamp`.
  package func accept(_ answer: [UInt8]) throws(SigningError) -> [UInt8] {
    do {
      var token = try TimestampToken(reading: answer)
      guard token.nonce == nonce else {
        throw SealError("its nonce is not the one that was sent")
      }
      token.removeUnrelatedCertificates()
      if let fault = token.fault(over: stamped) { throw SealError(fault) }
      return try token.file()
    } catch {
      throw .notATimestamp(error.reason)
    }
  }
}
