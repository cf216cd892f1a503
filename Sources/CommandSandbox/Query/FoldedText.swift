/// A text as the database compares it: bytes, without regard to the case of ASCII letters.
struct FoldedText: Hashable, Comparable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = text.utf8.map(Self.fold)
  }

  static func < (left: FoldedText, right: FoldedText) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  static func fold(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }

  /// Whether a text has these bytes from an offset on.
  func stands(in text: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, bytes.count <= text.count - offset else { return false }
    for index in bytes.indices where Self.fold(text[offset + index]) != bytes[index] {
      return false
    }
    return true
  }
}
