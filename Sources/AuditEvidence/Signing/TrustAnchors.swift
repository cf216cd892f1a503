import AuditModel
import SwiftASN1
import X509

/// What a verifier trusts: certification authorities, keys, or both.
package struct TrustAnchors: Sendable {
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

  /// Reads the files of `--ca-file`, certificates and CRLs in PEM, and of `--allowed-signers`, as ssh-keygen reads it.
  package init(certificates: [UInt8]?, allowedSigners: [UInt8]?) throws(SigningError) {
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
      throw SealError("there is no certificate in PEM form in it")
    }
    return (certificates, revocations)
  }
}

/// A certificate revocation list (RFC 5280, 5), complete and of one issuer.
struct RevocationList {
  /// The encoded Name of whose list it is.
  let issuer: [UInt8]
  /// When the next list was due; `nil` when the list does not say.
  let nextUpdate: Instant?
  private let revoked: [[UInt8]: Instant]
  private let body: [UInt8]
  private let algorithm: ASN1ObjectIdentifier
  private let signature: [UInt8]

  /// Reads a list.
  ///
  /// - Throws: what SwiftASN1 throws, and for a partial or indirect list, which says so in a critical extension.
  init(der: [UInt8]) throws {
    // CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature }
    var list = try DER.parse(der).fields()
    let body = try list.required()
    self.body = Array(body.encodedBytes)
    algorithm = try list.required().algorithm()
    signature = Array(try ASN1BitString(derEncoded: list.required()).bytes)
    // TBSCertList ::= SEQUENCE { version?, algorithm, issuer, thisUpdate, nextUpdate?, revoked?, [0] extensions? }
    var fields = try body.fields()
    _ = fields.optional(.integer)
    _ = try fields.required()
    issuer = Array(try fields.required().encodedBytes)
    _ = try Instant(fields.required())
    nextUpdate =
      fields.next == .utcTime || fields.next == .generalizedTime
      ? try Instant(fields.required()) : nil
    revoked = try Self.entries(fields.optional(.sequence)?.children() ?? [])
    for node in try fields.tagged(0)?.children().first?.children() ?? [] {
      let found = try Certificate.Extension(derEncoded: node)
      guard !found.critical else {
        throw ASN1Error.invalidASN1Object(
          reason: "it has the critical extension \(found.oid), as partial and indirect lists have")
      }
    }
  }

  /// When a certificate was revoked; `nil` when it was not.
  func revocation(of certificate: X509Certificate) -> Instant? { revoked[certificate.serial] }

  /// Whether a certificate's key signed the list.
  func isSigned(by certificate: X509Certificate) -> Bool {
    let key = certificate.parsed.publicKey
    return MessageDigest.allCases.contains { digest in
      guard [digest.withRSA, digest.withECDSA].contains(algorithm),
        let algorithm = digest.algorithm(for: key)
      else { return false }
      return key.isValidSignature(signature, for: body, signatureAlgorithm: algorithm)
    }
  }

  /// Reads `SEQUENCE { serial, date, extensions? }`.
  private static func entries(_ nodes: [ASN1Node]) throws -> [[UInt8]: Instant] {
    var revoked: [[UInt8]: Instant] = [:]
    for node in nodes {
      var fields = try node.fields()
      revoked[Array(try fields.required().encodedBytes)] = try Instant(fields.required())
    }
    return revoked
  }
}
