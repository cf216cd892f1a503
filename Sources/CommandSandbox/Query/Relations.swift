/// How a query compares texts.
enum TextRelation: String, Sendable {
  case equal = "eq"
  case notEqual = "ne"
  case contains = "contains"
  case notContains = "notcontains"
  case startsWith = "startswith"
  case endsWith = "endswith"

  func holds(_ text: String, _ pattern: FoldedText) -> Bool {
    let span = text.utf8Span.span
    let count = pattern.bytes.count
    switch self {
    case .equal: return span.count == count && pattern.stands(in: span, at: 0)
    case .notEqual: return !(span.count == count && pattern.stands(in: span, at: 0))
    case .startsWith: return pattern.stands(in: span, at: 0)
    case .endsWith: return pattern.stands(in: span, at: span.count - count)
    case .contains: return Self.contains(span, pattern)
    case .notContains: return !Self.contains(span, pattern)
    }
  }

  private static func contains(_ span: Span<UInt8>, _ pattern: FoldedText) -> Bool {
    guard span.count >= pattern.bytes.count else { return false }
    for offset in 0...(span.count - pattern.bytes.count)
    where pattern.stands(in: span, at: offset) {
      return true
    }
    return false
  }
}

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

/// How a query compares integers and dates.
enum NumberRelation: String, Sendable {
  case equal = "eq"
  case notEqual = "ne"
  case less = "lt"
  case lessOrEqual = "le"
  case greater = "gt"
  case greaterOrEqual = "ge"

  func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
