import AuditModel

/// The instances of each initiating user, for every metric that is about users.
struct UserLedger: Reducer {
  /// One user.
  struct Entry: Sendable {
    private(set) var spelling: OldestSpelling
    let kind: User.Kind
    /// All instances.
    private(set) var instances = 0
    /// Terminal, failed and rejected ones.
    private(set) var events = EventTally()

    fileprivate init(_ user: User, _ referenceID: Int64) {
      spelling = OldestSpelling(user.spelling, of: referenceID)
      kind = user.kind
    }

    fileprivate init(like other: Entry) {
      spelling = other.spelling
      kind = other.kind
    }

    fileprivate mutating func add(_ status: Status, spelled own: Name, _ referenceID: Int64) {
      spelling.add(own, of: referenceID)
      instances += 1
      events.add(status)
    }

    fileprivate mutating func merge(_ other: Entry) {
      spelling.merge(other.spelling)
      instances += other.instances
      events.merge(other.events)
    }
  }

  /// The users by their grouping key.
  private(set) var entries: [Name: Entry] = [:]
  /// Instances whose title names no user.
  private(set) var withoutUser = 0
  /// Terminal ones among them.
  private(set) var terminalWithoutUser = 0

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard let user = instance.user else {
      withoutUser += 1
      if instance.status.isTerminal { terminalWithoutUser += 1 }
      return
    }
    let (status, referenceID) = (instance.status, instance.referenceID)
    entries[user.key, default: Entry(user, referenceID)]
      .add(status, spelled: user.spelling, referenceID)
  }

  mutating func merge(_ other: UserLedger) {
    withoutUser += other.withoutUser
    terminalWithoutUser += other.terminalWithoutUser
    for (key, entry) in other.entries { entries[key, default: Entry(like: entry)].merge(entry) }
  }

  /// How a user is shown: as the smallest reference id spells it.
  func spelling(of key: Name) -> Name { entries[key]?.spelling.spelling ?? key }
}
