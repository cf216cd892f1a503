import Crypto
import FoundationEssentials

/// An OpenSSH Ed25519 public key.
struct SSHPublicKey: Hashable {
  /// What such a key is called.
  static let type = "ssh-ed25519"

  /// The types of keys that OpenSSH has; what else stands in a type's place is not shown.
  static let types: Set<String> = [  // text: types of keys
    type, "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
  ]

  /// The 32 bytes.
  let bytes: [UInt8]

  /// Takes the 32 bytes of a key.
  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the binary form; `nil` for anything but one Ed25519 key.
  init?(blob: [UInt8]) {
    var wire = SSHWire(blob)
    guard wire.string() == Array(Self.type.utf8), let key = wire.string(), key.count == 32,
      wire.isAtEnd
    else { return nil }
    bytes = key
  }

  /// The binary form.
  var blob: [UInt8] { SSHWire.string(Self.type) + SSHWire.string(bytes) }

  /// `SHA256:` and the digest of the binary form in Base64 without padding, as `ssh-keygen -l` prints it.
  var fingerprint: String {
    let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
    return "SHA256:" + String(digest.unicodeScalars.prefix { $0 != "=" })
  }
}
