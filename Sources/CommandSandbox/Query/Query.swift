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
}
