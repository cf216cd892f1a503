import AuditModel

/// The order of groups in tables: most instances first, then by names in code points, a missing name last.
enum GroupOrder {
  static func precedes(_ left: (Int, [Name?]), _ right: (Int, [Name?])) -> Bool {
    if left.0 != right.0 { return left.0 > right.0 }
    for (leftName, rightName) in zip(left.1, right.1) where leftName != rightName {
      guard let leftName else { return false }
      guard let rightName else { return true }
      return leftName < rightName
    }
    return false
  }
}
