import AuditModel
import FoundationEssentials
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
  /// The encoded Name of whom it is for.
  let subjectName: [UInt8]
  /// The encoded INTEGER that the issuer gave it.
  let serial: [UInt8]

  /// Reads a certificate.
  ///
  /// - Throws: what SwiftASN1 and X509 throw.
  init(der: [UInt8]) throws {
    self.der = der
    parsed = try Certificate(derEncoded: der)
    // Certificate ::= SEQUENCE { tbs SEQUENCE { [0] version?, serial, algorithm, issuer, validity, subject, … }, … }
    let fields = try DER.parse(der).children().first?.children() ?? []
    let start = fields.first?.identifier == .integer ? 0 : 1
    guard fields.count > start + 4 else {
      throw ASN1Error.invalidASN1Object(reason: "the certificate lacks fields")
    }
    serial = Array(fields[start].encodedBytes)
    issuer = Array(fields[start + 2].encodedBytes)
    subjectName = Array(fields[start + 4].encodedBytes)
  }

  /// The subject, as RFC 4514 writes it.
  var subject: String { TerminalText.clean(parsed.subject.description) }
  /// The instant it becomes valid.
  var notBefore: Instant { Instant(parsed.notValidBefore) }
  /// The last instant it is valid.
  var notAfter: Instant { Instant(parsed.notValidAfter) }

  /// The certificates of a PEM file in their order.
  ///
  /// - Throws: `SealFault`, a clause, when there are none, when something else is among them, or when one cannot be read.
  static func reading(pem: [UInt8]) throws(SealFault) -> [X509Certificate] {
    do {
      let blocks = try Armour.blocks(of: pem)
      guard !blocks.isEmpty else { throw SealFault("there is no certificate in PEM form in it") }
      return try blocks.enumerated().map { try X509Certificate($1, number: $0 + 1) }
    } catch let fault as SealFault {
      throw fault
    } catch {
      throw SealFault("\(error)")
    }
  }

  /// Reads one block of a PEM file.
  ///
  /// - Throws: `SealFault`, a clause.
  init(_ block: Armour, number: Int) throws(SealFault) {
    guard block.label == "CERTIFICATE" else {
      throw SealFault("block \(number) in it is a \(block.label), not a CERTIFICATE")
    }
    do {
      try self.init(der: block.bytes)
    } catch {
      throw SealFault("certificate \(number) in it cannot be read: \(error)")
    }
  }
}

extension Instant {
  /// The library's time, which has whole seconds.
  init(_ date: Date) {
    self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
  }
}
