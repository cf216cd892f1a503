/// A query as the server understood it: a predicate over rows.
indirect enum Query: Equatable, Sendable {
  /// The empty query.
  case everything
  case all([Query])
  case any([Query])
  case number(RowField, NumberRelation, Int64)
  case text(RowField, TextRelation, FoldedText)
  /// `-eq NULL` for `true`, `-ne NULL` for `false`.
  case missing(RowField, Bool)

  /// Whether the row at a place satisfies the query.
  ///
  /// As in SQL, a field without a value satisfies no comparison but that with `NULL`.
  func holds(at place: Int, of rows: [SandboxRow]) -> Bool {
    switch self {
    case .everything:
      return true
    case .all(let parts):
      for part in parts where !part.holds(at: place, of: rows) { return false }
      return true
    case .any(let parts):
      for part in parts where part.holds(at: place, of: rows) { return true }
      return false
    case .number(let field, let relation, let limit):
      guard let number = field.number(at: place, of: rows) else { return false }
      return relation.holds(number, limit)
    case .text(let field, let relation, let pattern):
      guard let text = field.text(at: place, of: rows) else { return false }
      return relation.holds(text, pattern)
    case .missing(let field, let isMissing):
      return field.isMissing(at: place, of: rows) == isMissing
    }
  }

  /// The places that can hold a row which satisfies the query, among rows that ascend by reference id: what paging by key
  /// asks for is then found without looking at every row.
  func candidates(among rows: [SandboxRow]) -> Range<Int> {
    switch self {
    case .all(let parts):
      return parts.reduce(rows.indices) { $0.clamped(to: $1.candidates(among: rows)) }
    case .number(.referenceID, let relation, let limit):
      let first = rows.firstPlace { $0.referenceID >= limit }
      let after = rows.firstPlace { $0.referenceID > limit }
      return switch relation {
      case .equal: first..<after
      case .notEqual: rows.indices
      case .less: 0..<first
      case .lessOrEqual: 0..<after
      case .greater: after..<rows.count
      case .greaterOrEqual: first..<rows.count
      }
    default: return rows.indices
    }
  }
}

extension [SandboxRow] {
  /// The first place from which on a condition holds, which must not hold before.
  fileprivate func firstPlace(where holds: (SandboxRow) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
