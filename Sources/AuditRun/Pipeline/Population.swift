import AuditModel

/// The ids of a read: distinct, rising, one to one with their GUIDs, and where they have gaps.
struct Population: Sendable {
  /// Rows received.
  private(set) var rows = 0
  /// Distinct reference ids.
  private(set) var distinct = 0
  /// The first gaps between the lowest and the highest id.
  private(set) var gaps: [CompletenessDocument.Gap] = []
  /// Whether every id so far was greater than the one before.
  private(set) var isRising = true
  private var last: Int64?
  private var ids: [PageFacts.Identity] = []

  /// How many gaps are listed.
  static let listedGaps = 100

  /// Counts a row that was received again, identical or in another version.
  mutating func addRepetitions(_ count: Int) {
    rows += count
  }

  /// Adds the rows of a page; after a disorder nothing but `isRising` can be relied on.
  mutating func add(_ identities: [PageFacts.Identity]) {
    rows += identities.count
    for identity in identities where isRising {
      if let last {
        guard identity.referenceID > last else {
          isRising = false
          return
        }
        if identity.referenceID > last + 1, gaps.count < Self.listedGaps {
          gaps.append(.init(first: last + 1, last: identity.referenceID - 1))
        }
      }
      last = identity.referenceID
      distinct += 1
      ids.append(identity)
    }
  }

  /// Checks that no GUID stands under two reference ids.
  func checkOneToOne() throws(PopulationError) {
    let sorted = ids.sorted { ($0.id, $0.referenceID) < ($1.id, $1.referenceID) }
    for (left, right) in zip(sorted, sorted.dropFirst()) where left.id == right.id {
      throw .sharedID(left.id, first: left.referenceID, second: right.referenceID)
    }
  }
}
