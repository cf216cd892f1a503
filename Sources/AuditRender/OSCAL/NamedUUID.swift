import AuditModel
import Crypto

/// UUIDs of version 5 (RFC 9562): one name has the same one in every run and on every machine.
enum NamedUUID {
  /// Drawn once, so that our names are like nobody else's: `a3c1e0de-5d0b-4d6a-9d0f-6b1f6f2f7e55`.
  private static let namespace: [UInt8] = [
    0xA3, 0xC1, 0xE0, 0xDE, 0x5D, 0x0B, 0x4D, 0x6A, 0x9D, 0x0F, 0x6B, 0x1F, 0x6F, 0x2F, 0x7E, 0x55,
  ]

  /// The UUID of a name.
  static func of(_ name: [UInt8]) -> String {
    // The version is defined with SHA-1; nothing here relies on its strength.
    var bytes = Array(Insecure.SHA1.hash(data: namespace + name).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    var rest = bytes[...]
    return [4, 2, 2, 2, 6].map { count in
      defer { rest = rest.dropFirst(count) }
      return Hexadecimal.text(of: rest.prefix(count))
    }.joined(separator: "-")
  }
}
