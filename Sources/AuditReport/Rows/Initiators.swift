import AuditModel

/// Whether the instances of a window have one initiating user or several, which costs no memory to know.
struct Initiators: Sendable {
  /// The first that was met.
  private(set) var first: User?
  /// Whether there is another.
  private(set) var areSeveral = false

  /// The only one; `nil` when there are several or none.
  var only: User? { areSeveral ? nil : first }

  /// Adds the user of an instance; one without a user says nothing.
  mutating func add(_ user: User?) {
    guard !areSeveral, let user else { return }
    if let first {
      areSeveral = first.key != user.key
    } else {
      first = user
    }
  }

  mutating func merge(_ other: Initiators) {
    areSeveral = areSeveral || other.areSeveral
    add(other.first)
  }
}
