/// Reference ids that stand for one instance in one pack and for another in another.
struct ReusedIDs: Sendable {
  private(set) var count = 0
  /// The smallest.
  private(set) var first: Int64?

  mutating func add(_ referenceID: Int64) {
    count += 1
    first = min(first ?? referenceID, referenceID)
  }

  mutating func merge(_ other: ReusedIDs) {
    count += other.count
    if let id = other.first { first = min(first ?? id, id) }
  }
}
