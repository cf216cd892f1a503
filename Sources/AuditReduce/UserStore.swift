import AuditModel

/// The instances of each initiating user, for every metric that is about users.
struct UserStore: Reducer {
  /// One user.
  struct Entry: Sendable {
    /// The grouping key.
    let key: Name
    private(set) var spelling: OldestSpelling
    let kind: User.Kind
    /// All instances.
    private(set) var instances = 0
    /// Terminal, failed and rejected ones.
    private(set) var events = EventTally()

    fileprivate init(_ user: User, _ referenceID: Int64) {
      key = user.key
      spelling = OldestSpelling(user.spelling, of: referenceID)
      kind = user.kind
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

  /// The users, each once.
  private(set) var entries: [Entry] = []
  /// Where each is, by its grouping key.
  private var index = NameIndex()
  /// Instances whose title names no user.
  private(set) var withoutUser = 0
  /// Terminal ones among them.
  private(set) var terminalWithoutUser = 0

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard let user = instance.user else {
      withoutUser += 1
      if instance.status.isTerminal { terminalWithoutUser += 1 }
      return
    }
    let place = index.index(of: user.key)
    if place == entries.count { entries.append(Entry(user, instance.referenceID)) }
    entries[place].add(instance.status, spelled: user.spelling, instance.referenceID)
  }

  mutating func merge(_ other: UserStore) {
    withoutUser += other.withoutUser
    terminalWithoutUser += other.terminalWithoutUser
    for entry in other.entries {
      let place = index.index(of: entry.key)
      if place == entries.count { entries.append(entry) } else { entries[place].merge(entry) }
    }
  }

  /// How a user is shown: as the smallest reference id spells it.
  func spelling(of key: Name) -> Name {
    index.known(key).map { entries[$0].spelling.spelling } ?? key
  }
}

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
