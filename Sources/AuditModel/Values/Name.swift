/// A text that recurs (a user, a definition, a step), kept once and compared by its bytes.
///
/// Swift's `String` compares by canonical equivalence, so that two users whose names differ only in how an
/// accent is encoded would be one. Names are compared by code points, which for UTF-8 is the order of the bytes.
public final class Name: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text in UTF-8.
  public let bytes: [UInt8]
  let digest: Int

  /// Keeps a text whose digest is already known.
  init(bytes: [UInt8], digest: Int) {
    self.bytes = bytes
    self.digest = digest
  }

  /// Keeps a text given as UTF-8.
  public convenience init(bytes: [UInt8]) {
    self.init(bytes: bytes, digest: Name.digest(of: bytes.span))
  }

  /// Keeps a text.
  public convenience init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The text as a string; bytes that are not UTF-8 become U+FFFD.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The text, as ``string``.
  public var description: String { string }

  /// Whether the name is that of a built-in approval step.
  var startsWithRequireApproval: Bool { bytes.starts(with: "RequireApproval".utf8) }

  /// Compares bytes: Unicode's canonical equivalence does not make two names one.
  public static func == (left: Name, right: Name) -> Bool {
    left === right || (left.digest == right.digest && left.bytes == right.bytes)
  }

  /// Orders by bytes, which is the order of code points.
  public static func < (left: Name, right: Name) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Feeds the digest that was computed once; it is never seen in output.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(digest)
  }

  /// FNV-1a over the bytes: cheap, and good enough to spread names over a table.
  static func digest(of bytes: borrowing Span<UInt8>) -> Int {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in bytes.indices {
      digest = (digest ^ UInt64(bytes[index])) &* 0x100_0000_01b3
    }
    return Int(truncatingIfNeeded: digest ^ (digest >> 32))
  }
}
