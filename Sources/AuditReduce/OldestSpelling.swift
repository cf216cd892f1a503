import AuditModel

/// The spelling that the instance with the smallest reference id gives a user.
struct OldestSpelling: Sendable {
  private(set) var spelling: Name
  private var referenceID: Int64

  init(_ spelling: Name, of referenceID: Int64) {
    self.spelling = spelling
    self.referenceID = referenceID
  }

  mutating func add(_ spelling: Name, of referenceID: Int64) {
    guard referenceID <= self.referenceID else { return }
    // Reference ids are unique in a cohort; the smaller spelling keeps the law of order where they are not.
    if referenceID == self.referenceID, self.spelling <= spelling { return }
    self.spelling = spelling
    self.referenceID = referenceID
  }

  mutating func merge(_ other: OldestSpelling) {
    add(other.spelling, of: other.referenceID)
  }
}
