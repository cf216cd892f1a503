import SwiftASN1

/// A request to a time-stamping authority (RFC 3161), and what becomes of its answer.
public struct TimestampRequest: Sendable, Equatable {
  /// The media type of the request.
  public static let mediaType = "application/timestamp-query"
  /// The media type of the answer.
  public static let answerMediaType = "application/timestamp-reply"

  private let stamped: [UInt8]
  private let nonce: UInt64

  /// Asks for a time-stamp.
  ///
  /// - Parameters:
  ///   - stamped: what is stamped: the file of the signature, or SHA256SUMS when there is none (``Seal/stamped``).
  ///   - nonce: a random number, by which an old answer is told from a new one.
  public init(for stamped: [UInt8], nonce: UInt64) {
    self.stamped = stamped
    self.nonce = nonce
  }

  /// The body of the request: the SHA-256 digest, the nonce, and the wish for the authority's certificate.
  ///
  /// - Throws: `SigningError.notATimestamp`, which it has no reason to.
  public func encoded() throws(SigningError) -> [UInt8] {
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
      throw .notATimestamp(error.words)
    }
  }

  /// Checks an answer: granted, over these bytes, with this nonce, signed by the authority.
  ///
  /// - Returns: the time-stamp's file, written in the one form of a pack; what the authority signed is kept to the byte.
  /// - Throws: `SigningError.notATimestamp`.
  public func accept(_ answer: [UInt8]) throws(SigningError) -> [UInt8] {
    do {
      var token = try TimestampToken(reading: answer)
      guard token.nonce == nonce else {
        throw SealFault("its nonce is not the one that was sent")
      }
      token.dropStrangers()
      if let fault = token.fault(over: stamped) { throw SealFault(fault) }
      return try token.file()
    } catch {
      throw .notATimestamp(error.words)
    }
  }
}
