/// The order of an answer's rows.
struct SortOrder {
  var field: RowField
  var isDescending: Bool

  /// Sorts places of rows, which come ascending.
  ///
  /// A database promises no order among rows that are equal in the sort field, and it differs from
  /// request to request: here it is drawn, so that a client that relies on it fails at once.
  func sorted(
    _ places: [Int], of rows: [SandboxRow], _ random: inout SeededRandom
  ) -> [Int] {
    if field == .referenceID { return isDescending ? places.reversed() : places }
    let shuffled = places.shuffled(using: &random)
    return field.kind == .text
      ? sorted(shuffled) { field.text(at: $0, of: rows).map { FoldedText($0) } }
      : sorted(shuffled) { field.number(at: $0, of: rows) }
  }

  /// Sorts by a key, rows without one first, as the product's database does.
  private func sorted<Key: Comparable>(_ places: [Int], by key: (Int) -> Key?) -> [Int] {
    let keyed = places.enumerated().map { (key: key($1), turn: $0, place: $1) }
    let sorted = keyed.sorted { left, right in
      if left.key == right.key { return left.turn < right.turn }
      guard let leftKey = left.key, let rightKey = right.key else {
        return (left.key == nil) != isDescending
      }
      return isDescending ? leftKey > rightKey : leftKey < rightKey
    }
    return sorted.map(\.place)
  }
}
