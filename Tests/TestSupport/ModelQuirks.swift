/// How a model server departs from the documentation; by default it does not.
package struct ModelQuirks: Sendable {
  /// What the total counts.
  package enum Total: Sendable, Equatable {
    case matching
    case matchingPlus(Int)
    case wholeTable
    /// Of so many that match, one.
    case oneOf(Int)
    case absent
    /// The header's value, or values, whatever was asked.
    case text([String])
  }

  package var total = Total.matching
  package var ignoresQuery = false
  package var ignoresSort = false
  package var invertsSort = false
  /// Only `pq.` names are understood.
  package var wantsPrefix = false
  /// Sort fields that are answered with 400.
  package var refusedSortFields: Set<String> = []
  /// Whether `ReferenceId` in a filter is answered with 400.
  package var refusesReferenceID = false
  /// Whether a date in a filter is answered with 400.
  package var refusesDates = false
  /// Whether dates in a filter count as their day's first instant.
  package var truncatesDates = false
  /// The most rows of an answer, whatever was asked.
  package var pageLimit: Int?
  /// Rows that an answer holds beyond what was asked.
  package var surplus = 0
  /// Whether the bounds on ReferenceId are ignored once a page was given.
  package var repeatsFirstPage = false
  /// Whether the rows of a page come in another order.
  package var shufflesPages = false
  /// The number of the first page.
  package var firstPage = 1
  package var statusAsInteger = false
  /// The only user whose rows are shown.
  package var onlyUser: String?
  /// The product version; `nil` for none.
  package var productVersion: String? = "25.5.1"
  /// What the server's clock is ahead of the test's, in milliseconds.
  package var clockAhead: Int64 = 0

  package init() {}
}
