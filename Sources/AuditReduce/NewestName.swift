import AuditModel

/// The name that the instance with the greatest reference id gives a group; instances that give none are passed over.
struct NewestName: Sendable {
  private(set) var name: Name?
  private var referenceID = Int64.min

  mutating func add(_ name: Name?, of referenceID: Int64) {
    guard let name, referenceID >= self.referenceID else { return }
    // Reference ids are unique in a cohort; the greater name keeps the law of order where they are not.
    if referenceID == self.referenceID, let known = self.name, known >= name { return }
    self.name = name
    self.referenceID = referenceID
  }

  mutating func merge(_ other: NewestName) {
    add(other.name, of: other.referenceID)
  }
}
