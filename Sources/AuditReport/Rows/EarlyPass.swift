package import AuditFiles
package import AuditModel
package import SafeXLSX

/// A pass over pages that was made before it was known whether they are all, and what the as-of instant is.
package struct EarlyPass {
  package let pages: any StoredPages
  /// The instant that it was made as of.
  package let asOf: Instant
  package let result: RowPass.Result
  package let workbook: Workbook?
  /// Whether a pass over some pages as of an instant would be the same.
  ///
  /// What is said of a row changes with the instant only when the row has a date beyond the earlier of the two.
  package func isSame(over others: any StoredPages, asOf instant: Instant) -> Bool {
    guard pages.count == others.count,
      (0..<pages.count).allSatisfy({ pages.name(at: $0) == others.name(at: $0) })
    else { return false }
    if asOf == instant { return true }
    return asOf < instant && !result.hasFutureDates && result.newest.map { $0 <= asOf } ?? true
  }
}
