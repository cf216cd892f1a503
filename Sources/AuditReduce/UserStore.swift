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

    fileprivate mutating func add(_ instance: borrowing BatchedInstance) {
      spelling.add(instance.user?.spelling, of: instance.referenceID)
      instances += 1
      events.add(instance.status)
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
  /// Where each is, by the objects that instances share.
  private var places = Places<User>()
  /// Instances whose title names no user.
  private(set) var withoutUser = 0
  /// Terminal ones among them.
  private(set) var terminalWithoutUser = 0

  mutating func add(_ instance: borrowing BatchedInstance) {
    let known = instance.user.flatMap { places[ObjectIdentifier($0)] }
    if let place = known ?? instance.user.map({ newPlace(of: $0, instance.referenceID) }) {
      entries[place].add(instance)
    } else {
      withoutUser += 1
      if instance.status.isTerminal { terminalWithoutUser += 1 }
    }
  }

  private mutating func newPlace(of user: User, _ referenceID: Int64) -> Int {
    let place = index.index(of: user.key)
    if place == entries.count { entries.append(Entry(user, referenceID)) }
    places.enter(user, at: place)
    return place
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

  /// Adds what an instance says, which is asked for only of one that is old enough.
  mutating func add(_ spelling: @autoclosure () -> Name?, of referenceID: Int64) {
    guard referenceID <= self.referenceID, let spelling = spelling() else { return }
    // Reference ids are unique in a cohort; the smaller spelling keeps the law of order where they are not.
    if referenceID == self.referenceID, self.spelling <= spelling { return }
    self.spelling = spelling
    self.referenceID = referenceID
  }

  mutating func merge(_ other: OldestSpelling) {
    add(other.spelling, of: other.referenceID)
  }
}
