import AuditModel

/// The order of groups in tables: most instances first, then by names in code points, a missing name last.
struct GroupOrder {
  /// How many instances the group has.
  var count: Int
  /// What tells groups of the same size apart, the most telling first.
  var names: [Name?]

  func precedes(_ other: GroupOrder) -> Bool {
    if count != other.count { return count > other.count }
    for (name, otherName) in zip(names, other.names) where name != otherName {
      guard let name else { return false }
      guard let otherName else { return true }
      return name < otherName
    }
    return false
  }
}
