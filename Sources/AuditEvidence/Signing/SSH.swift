import Crypto
import FoundationEssentials

/// An unencrypted OpenSSH Ed25519 private key (openssh-key-v1).
struct SSHPrivateKey {
  private let key: Curve25519.Signing.PrivateKey
  /// Its public half.
  let publicKey: SSHPublicKey

  /// Reads what the armour contains.
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
      throw .brokenKey(error.reason)
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

/// An OpenSSH Ed25519 public key.
struct SSHPublicKey: Hashable {
  /// What such a key is called.
  static let type = "ssh-ed25519"

  /// The types of keys that OpenSSH has; any other text is not shown.
  static let types: Set<String> = [  // text: types of keys
    type, "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
  ]

  /// The 32 bytes.
  let bytes: [UInt8]

  /// The binary form.
  var blob: [UInt8] { SSHWire.string(Self.type) + SSHWire.string(bytes) }

  /// `SHA256:` and the digest of the binary form in Base64 without padding, as `ssh-keygen -l` prints it.
  var fingerprint: String {
    let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
    return "SHA256:" + String(digest.unicodeScalars.prefix { $0 != "=" })
  }
}

extension SSHPublicKey {
  /// Reads the binary form; `nil` for anything but one Ed25519 key.
  init?(blob: [UInt8]) {
    var wire = SSHWire(blob)
    guard wire.string() == Array(Self.type.utf8), let key = wire.string(), key.count == 32,
      wire.isAtEnd
    else { return nil }
    bytes = key
  }
}

/// Reads the binary form of OpenSSH (RFC 4251, 5): numbers, and strings with their length before them.
struct SSHWire {
  private var rest: ArraySlice<UInt8>

  /// Starts at the first byte.
  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// Whether all is read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Reads a prefix that must be there.
  mutating func skip(_ prefix: [UInt8]) -> Bool {
    guard rest.starts(with: prefix) else { return false }
    rest = rest.dropFirst(prefix.count)
    return true
  }

  /// Reads a number; `nil` at the end.
  mutating func number() -> Int? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Reads a string; `nil` when the bytes end before it does.
  mutating func string() -> [UInt8]? {
    guard let count = number(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A string as it is written.
  static func string(_ bytes: [UInt8]) -> [UInt8] {
    number(bytes.count) + bytes
  }

  /// A string as it is written.
  static func string(_ text: String) -> [UInt8] {
    string(Array(text.utf8))
  }

  /// A number as it is written.
  static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// An OpenSSH signature over a file (PROTOCOL.sshsig), by an Ed25519 key.
///
/// All of it is signed or fixed by the key: nothing in it can be changed unnoticed, once its armour has the one form in
/// which `ssh-keygen` writes it.
struct SSHSignature: Equatable {
  /// What the signatures of packs are for: a signature made for something else is refused.
  static let namespace = "kfaudit"

  /// The namespaces that OpenSSH's manual names; any other one is not shown.
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

  /// Reads what the armour contains; `nil` for anything but a signature by an Ed25519 key.
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
