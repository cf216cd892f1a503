import AuditModel

/// The name that the instance with the greatest reference id gives a group.
struct NewestName: Sendable {
  private var name: Name?
  private var referenceID = Int64.min

  var string: String? { name?.string }

  mutating func add(_ name: Name?, of referenceID: Int64) {
    guard let name, referenceID > self.referenceID else { return }
    self.name = name
    self.referenceID = referenceID
  }

  mutating func merge(_ other: NewestName) {
    add(other.name, of: other.referenceID)
  }
}
