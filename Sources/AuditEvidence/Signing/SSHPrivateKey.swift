import Crypto

/// An unencrypted OpenSSH Ed25519 private key (openssh-key-v1).
struct SSHPrivateKey {
  private let key: Curve25519.Signing.PrivateKey
  /// Its public half.
  let publicKey: SSHPublicKey

  /// Reads what stands in the armour.
  ///
  /// - Throws: `SigningError` when it is encrypted, of another type, or broken.
  init(_ bytes: [UInt8]) throws(SigningError) {
    var wire = SSHWire(bytes)
    guard wire.skip(Array("openssh-key-v1\0".utf8)), let cipher = wire.string(),
      let derivation = wire.string(), wire.string() != nil, wire.number() == 1,
      let publicBlob = wire.string(), let secret = wire.string(), wire.isAtEnd
    else { throw .brokenKey("it is not one key in the form openssh-key-v1") }
    guard cipher == Array("none".utf8), derivation == cipher else { throw .encryptedKey }
    let type = Self.type(of: publicBlob)
    guard type == SSHPublicKey.type else {
      throw .unsupportedKey(
        SSHPublicKey.types.contains(type)
          ? "an OpenSSH key of type \(type)" : "an OpenSSH key of another type")
    }
    guard let seed = Self.seed(in: secret) else {
      throw .brokenKey("its private part is damaged")
    }
    do {
      key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    } catch {
      throw .brokenKey(error.words)
    }
    publicKey = SSHPublicKey(bytes: Array(key.publicKey.rawRepresentation))
    guard publicKey.blob == publicBlob else {
      throw .brokenKey("its public part belongs to another key")
    }
  }

  /// Signs bytes.
  ///
  /// - Throws: what Crypto throws.
  func signature(for bytes: [UInt8]) throws -> [UInt8] {
    Array(try key.signature(for: bytes))
  }

  private static func type(of blob: [UInt8]) -> String {
    var wire = SSHWire(blob)
    return wire.string().map { String(decoding: $0, as: UTF8.self) } ?? "unknown"
  }

  /// The 32 bytes of the private key: two equal check numbers, then type, public key, seed with public key, comment.
  private static func seed(in secret: [UInt8]) -> [UInt8]? {
    var wire = SSHWire(secret)
    guard let check = wire.number(), check == wire.number(), wire.string() != nil,
      wire.string() != nil, let pair = wire.string(), pair.count == 64
    else { return nil }
    return Array(pair.prefix(32))
  }
}
