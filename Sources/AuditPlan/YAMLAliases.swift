/// A look at the aliases of a YAML file before it is composed.
///
/// Composing compares the keys of each mapping, and a key that is an alias, or a list of them, can stand for more values
/// than can ever be compared.
enum YAMLAliases {
  /// Whether a file has aliases and keys that could hold them: `*name :`, `? key`, `[…] :` or `{…} :`.
  ///
  /// Text in quotation marks or in a block may look so without being it; then it is written otherwise.
  static func areKeys(in bytes: [UInt8]) -> Bool {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let ends = Array(" \t\r\n,]}".utf8)
    var hasAlias = false
    var hasKey = false
    // The last byte of a line that is not blank; 0 at its beginning.
    var last: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        last = 0
        continue
      case UInt8(ascii: "*") where begins(after: last) && next != 0 && !ends.contains(next):
        hasAlias = true
        let rest = bytes[index...].drop { !ends.contains($0) && $0 != UInt8(ascii: ":") }
        hasKey = hasKey || rest.drop(while: isBlank).first == UInt8(ascii: ":")
      case UInt8(ascii: "?") where begins(after: last) && (next == 0 || ends.contains(next)):
        hasKey = true
      case UInt8(ascii: ":") where last == UInt8(ascii: "]") || last == UInt8(ascii: "}"):
        hasKey = true
      default: break
      }
      if !isBlank(byte) { last = byte }
    }
    return hasAlias && hasKey
  }

  /// Whether a value may begin after a byte: at the beginning of a line or after a mark.
  private static func begins(after byte: UInt8) -> Bool {
    byte == 0 || "-:,[{?".utf8.contains(byte)
  }
}
