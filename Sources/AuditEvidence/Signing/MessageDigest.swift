import Crypto
import CryptoExtras
import SwiftASN1
import X509

/// A digest algorithm of CMS signatures, and what it is called together with a kind of key.
///
/// The identifiers of the three are numbered in their order (RFC 5754).
enum MessageDigest: UInt, CaseIterable {
  case sha256 = 1
  case sha384 = 2
  case sha512 = 3

  /// What it is called by itself.
  var identifier: ASN1ObjectIdentifier { [2, 16, 840, 1, 101, 3, 4, 2, rawValue] }

  /// What signatures of an RSA key with it are called (PKCS #1 v1.5).
  var withRSA: ASN1ObjectIdentifier { [1, 2, 840, 113549, 1, 1, 10 + rawValue] }

  /// What signatures of an elliptic-curve key with it are called.
  var withECDSA: ASN1ObjectIdentifier { [1, 2, 840, 10045, 4, 3, 1 + rawValue] }

  /// The digest of bytes.
  func of(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256: Array(SHA256.hash(data: bytes))
    case .sha384: Array(SHA384.hash(data: bytes))
    case .sha512: Array(SHA512.hash(data: bytes))
    }
  }

  /// The library's name of signatures with it by a key; `nil` for a kind of key that is not supported.
  func algorithm(for key: Certificate.PublicKey) -> Certificate.SignatureAlgorithm? {
    switch (self, KeyKind(key)) {
    case (_, nil): nil
    case (.sha256, .rsa): .sha256WithRSAEncryption
    case (.sha384, .rsa): .sha384WithRSAEncryption
    case (.sha512, .rsa): .sha512WithRSAEncryption
    case (.sha256, _): .ecdsaWithSHA256
    case (.sha384, _): .ecdsaWithSHA384
    case (.sha512, _): .ecdsaWithSHA512
    }
  }
}

/// A kind of key that CMS signatures are made with.
enum KeyKind {
  case p256, p384, rsa

  /// The kind of a key; `nil` for one that is not supported.
  init?(_ key: Certificate.PublicKey) {
    if P256.Signing.PublicKey(key) != nil {
      self = .p256
    } else if P384.Signing.PublicKey(key) != nil {
      self = .p384
    } else if _RSA.Signing.PublicKey(key) != nil {
      self = .rsa
    } else {
      return nil
    }
  }

  /// The digest that goes with it when we sign.
  var digest: MessageDigest { self == .p384 ? .sha384 : .sha256 }
}
