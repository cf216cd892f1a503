/// Reads the binary form of OpenSSH (RFC 4251, 5): numbers, and strings with their length before them.
struct SSHWire {
  private var rest: ArraySlice<UInt8>

  /// Starts at the first byte.
  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// Whether all is read.
  var isAtEnd: Bool { rest.isEmpty }

  /// What is not read yet.
  var remainder: [UInt8] { Array(rest) }

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
