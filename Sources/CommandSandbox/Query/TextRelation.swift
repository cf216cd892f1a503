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
