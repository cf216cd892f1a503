package import AuditModel

/// Ranges of reference ids that no row has: all of them counted, the first listed.
package struct IDGaps: Sendable {
  /// The first gaps.
  package private(set) var listed: [CompletenessDocument.Gap] = []
  /// How many gaps there are.
  package private(set) var count = 0
  /// How many reference ids lie in them.
  package private(set) var missing: Int64 = 0

  /// Makes one.
  package init() {
  }

  /// How many are listed.
  private static let limit = 100

  /// Counts a gap.
  package mutating func add(_ gap: CompletenessDocument.Gap) {
    count += 1
    missing += gap.last - gap.first + 1
    if listed.count < Self.limit { listed.append(gap) }
  }
}
