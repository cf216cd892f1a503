import Crypto

/// An OpenSSH signature over a file (PROTOCOL.sshsig), by an Ed25519 key.
///
/// All of it is signed or fixed by the key: nothing in it can be changed unnoticed, once its armour has the one form in
/// which `ssh-keygen` writes it.
struct SSHSignature: Equatable {
  /// What the signatures of packs are for: a signature made for something else is none.
  static let namespace = "kfaudit"

  /// The namespaces that OpenSSH's manual names; what else a signature says is not shown.
  private static let knownNamespaces = ["file", "email", "git"]
  private static let magic = Array("SSHSIG".utf8)

  /// The signer.
  let key: SSHPublicKey
  /// What it is for.
  let namespace: [UInt8]
  /// The digest algorithm's name.
  let hash: [UInt8]
  private let reserved: [UInt8]
  private let signature: [UInt8]

  /// Signs a content, with SHA-512 as `ssh-keygen` does.
  ///
  /// - Throws: what Crypto throws.
  init(of content: [UInt8], by key: SSHPrivateKey) throws {
    self.key = key.publicKey
    namespace = Array(Self.namespace.utf8)
    hash = Array("sha512".utf8)
    reserved = []
    let bytes = Self.signed(namespace, reserved, hash, MessageDigest.sha512.of(content))
    signature = SSHWire.string(SSHPublicKey.type) + SSHWire.string(try key.signature(for: bytes))
  }

  /// Reads what stands in the armour; `nil` for anything but a signature by an Ed25519 key.
  init?(_ bytes: [UInt8]) {
    var wire = SSHWire(bytes)
    guard wire.skip(Self.magic), wire.number() == 1, let blob = wire.string(),
      let key = SSHPublicKey(blob: blob), let namespace = wire.string(),
      let reserved = wire.string(), let hash = wire.string(), let signature = wire.string(),
      wire.isAtEnd
    else { return nil }
    self.key = key
    self.namespace = namespace
    self.reserved = reserved
    self.hash = hash
    self.signature = signature
  }

  /// The binary form.
  var encoded: [UInt8] {
    Self.magic + SSHWire.number(1)
      + [key.blob, namespace, reserved, hash, signature].flatMap { SSHWire.string($0) }
  }

  /// What is wrong with the signature over a content, in words; `nil` when it is right.
  func fault(over content: [UInt8]) -> String? {
    guard namespace == Array(Self.namespace.utf8) else {
      let name = Self.knownNamespaces.first { Array($0.utf8) == namespace }
      return "it was made for \(name ?? "another namespace"), not for \(Self.namespace)"
    }
    let digests = [("sha512", MessageDigest.sha512), ("sha256", .sha256)]
    guard let digest = digests.first(where: { Array($0.0.utf8) == hash })?.1 else {
      return "its digest algorithm is neither SHA-512 nor SHA-256"
    }
    var wire = SSHWire(signature)
    guard wire.string() == Array(SSHPublicKey.type.utf8), let value = wire.string(), wire.isAtEnd
    else { return "it is not by an Ed25519 key" }
    let signed = Self.signed(namespace, reserved, hash, digest.of(content))
    do {
      let key = try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
      return key.isValidSignature(value, for: signed)
        ? nil : "it was made over other bytes, or not by the key \(self.key.fingerprint)"
    } catch {
      return "the key cannot be read: \(error.reason)"
    }
  }

  private static func signed(
    _ namespace: [UInt8], _ reserved: [UInt8], _ hash: [UInt8], _ digest: [UInt8]
  ) -> [UInt8] {
    magic + [namespace, reserved, hash, digest].flatMap { SSHWire.string($0) }
  }
}
