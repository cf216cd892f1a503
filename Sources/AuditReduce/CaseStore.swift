import AuditModel

/// Who asked for what and when: one small record an instance, for metrics that follow a request over several instances.
///
/// Instances with unusable times are not in it. Users and common names are numbered, and kept once each. Costs 48 bytes
/// an instance, and about 16 and its length for each common name.
struct CaseStore: Reducer {
  /// Who asks for what, by the numbers of a user and a common name; without one of them there is no holder.
  struct Holder: Sendable, Hashable {
    fileprivate(set) var commonName: Int32 = -1
    fileprivate(set) var user: Int32 = -1

    /// Stands for no holder.
    static let none = Holder()
  }

  /// What a request is known by: 64 bits, since two that differ have the same key at most three times in 2⁶⁴, and matter
  /// only within minutes of each other.
  ///
  /// SipHash, of the action and the subject and of the hashes of user and definition, under the seed of the process, which
  /// requesters do not choose. It is never written.
  struct RequestKey: Sendable, Hashable {
    private let hash: Int

    /// Stands for no request.
    static let none = RequestKey(hash: 0)

    private init(hash: Int) {
      self.hash = hash
    }

    /// The key of what a hasher has taken in.
    init(_ hasher: Hasher) {
      self.init(hash: hasher.finalize())
    }
  }

  /// One instance.
  struct Case: Sendable {
    /// User and common name; ``Holder/none`` when one is missing.
    fileprivate(set) var holder: Holder
    /// User, action, subject and definition; ``RequestKey/none`` when one is missing.
    var request: RequestKey
    var referenceID: Int64
    var start: Instant
    var lastModified: Instant
    /// The number of the definition; -1 when there is none.
    fileprivate(set) var definition: Int32
    var status: Status
    var action: Action
    /// Whether its message says that a certificate was issued.
    var isIssued: Bool
  }

  /// The numbers that a store gives to what another one has numbered.
  private struct Numbering: Sendable {
    var definitions: [Int32]
    var users: [Int32]
    var commonNames: [Int32]

    func apply(to record: inout Case) {
      if record.definition >= 0 { record.definition = definitions[Int(record.definition)] }
      guard record.holder != .none else { return }
      record.holder.user = users[Int(record.holder.user)]
      record.holder.commonName = commonNames[Int(record.holder.commonName)]
    }

    /// This one's numbers for what another has numbered before.
    func behind(_ first: Numbering) -> Numbering {
      Numbering(
        definitions: first.definitions.map { definitions[Int($0)] },
        users: first.users.map { users[Int($0)] },
        commonNames: first.commonNames.map { commonNames[Int($0)] })
    }
  }

  /// Some of the cases: one list of all would be copied while it grows, and memory would hold them twice.
  private struct Part: Sendable {
    var cases: [Case] = []
    /// Their numbers in this store, when another one has numbered them.
    var renumbered: Numbering?

    /// Long enough, 3 MiB, that the system takes the storage back as soon as it is freed (`ProcessSetup`).
    static let length = 65_536

    /// Gives them their numbers in this store.
    mutating func renumber() {
      guard let numbering = renumbered.take() else { return }
      for index in cases.indices { numbering.apply(to: &cases[index]) }
    }

    /// Sorts them by their holders; those without need no order.
    mutating func sort() {
      let names = cases.lazy.map(\.holder.commonName)
      guard let first = names.min(), let last = names.max(), first >= 0 else { return }
      let width = UInt(last - first).leadingZeroBitCount
      cases.sort(
        spreadBy: { UInt($0.holder.commonName - first) << UInt(width) }, by: { $0.precedes($1) })
    }
  }

  /// As they came; once they are sorted, the first holds those without a holder, and each of the others all of some common
  /// names.
  private var parts: [Part] = []
  /// How many cases the last part has room for.
  private var room = 0
  private var isSorted = false
  private var definitions = NumberedNames<Definition>()
  private var users = NumberedNames<User>()
  private var commonNames = CommonNames()
  /// Until when open cases were watched, by reference id, where their part has an as-of instant of its own.
  private var watchedUntil: [Int64: Instant] = [:]

  mutating func add(_ instance: borrowing BatchedInstance) {
    let name = Self.nameOfHolder(instance).map {
      commonNames.numbers(of: [$0.range], in: instance.batch.text.span)[0]
    }
    add(instance, commonName: name)
  }

  mutating func add(_ batch: borrowing InstanceBatch) {
    var names: [Range<Int>] = []
    batch.forEachInstance { instance in
      if let name = Self.nameOfHolder(instance) { names.append(name.range) }
    }
    var numbers = commonNames.numbers(of: names, in: batch.text.span).makeIterator()
    batch.forEachInstance { instance in
      if instance.quality.contains(.outOfWindow) { return }
      add(instance, commonName: Self.nameOfHolder(instance).flatMap { _ in numbers.next() })
    }
  }

  /// The common name of an instance that has a holder and is counted.
  @inline(__always)
  private static func nameOfHolder(_ instance: borrowing BatchedInstance) -> TextSlice? {
    guard instance.hasUsableTimes, !instance.quality.contains(.outOfWindow), instance.user != nil
    else { return nil }
    return instance.commonName
  }

  private mutating func add(_ instance: borrowing BatchedInstance, commonName: Int32?) {
    guard instance.hasUsableTimes, let start = instance.start,
      let lastModified = instance.lastModified
    else { return }
    var record = Case(
      holder: .none, request: .none, referenceID: instance.referenceID, start: start,
      lastModified: lastModified,
      definition: definitions.known(ObjectIdentifier(instance.definition))
        ?? definitions.number(of: instance.definition, named: instance.definition.id),
      status: instance.status, action: instance.action, isIssued: instance.outcome == .issued)
    let known = instance.user.flatMap { users.known(ObjectIdentifier($0)) }
    if let user = known ?? instance.user.map({ users.number(of: $0, named: $0.key) }) {
      if let subject = instance.subject, record.definition >= 0 {
        var hasher = Hasher()
        hasher.combine(users[user])
        hasher.combine(instance.action)
        hasher.combine(definitions[record.definition])
        hasher.combine(instance.batch.text.span.extracting(subject.range))
        record.request = RequestKey(hasher)
      }
      if let commonName { record.holder = Holder(commonName: commonName, user: user) }
    }
    keep(record)
  }

  private mutating func keep(_ record: Case) {
    if room == 0 {
      room = Part.length
      parts.append(Part())
      parts[parts.count - 1].cases.reserveCapacity(Part.length)
    }
    parts[parts.count - 1].cases.append(record)
    room -= 1
  }

  mutating func merge(_ other: CaseStore) {
    if parts.isEmpty {
      self = other
      users.forgetObjects()
      definitions.forgetObjects()
      return
    }
    let numbering = Numbering(
      definitions: other.definitions.names.map { definitions.number(of: $0) },
      users: other.users.names.map { users.number(of: $0) },
      commonNames: commonNames.merge(other.commonNames))
    room = 0
    watchedUntil.merge(other.watchedUntil) { max($0, $1) }
    parts += other.parts.map { part in
      Part(cases: part.cases, renumbered: part.renumbered.map(numbering.behind) ?? numbering)
    }
  }

  mutating func closeObservation(at end: ObservationEnd) {
    for part in parts {
      for record in part.cases where record.status.isOpen {
        watchedUntil[record.referenceID] = end.asOf
      }
    }
  }

  /// Until when an open case was watched; `nil` when that is the as-of instant of the whole cohort.
  func end(of record: Case) -> Instant? { watchedUntil[record.referenceID] }

  /// Brings the cases of each user and common name together: by action, then by start, then by reference id.
  ///
  /// To be called when all are counted and merged.
  mutating func sort() {
    if isSorted { return }
    parts = dealtOut()
    parts.concurrentForEach { $0.sort() }
    (room, isSorted) = (0, true)
  }

  /// Deals out the cases by their common names and lets each part go.
  private mutating func dealtOut() -> [Part] {
    let few = 1 + parts.reduce(0) { $0 + $1.cases.count } / Part.length
    let names = max(commonNames.count, 1)
    func place(of holder: Holder) -> Int {
      holder == .none ? 0 : 1 + Int(holder.commonName) * few / names
    }

    for part in parts.indices { parts[part].renumber() }
    var counts = [Int](repeating: 0, count: 1 + few)
    for part in parts { for record in part.cases { counts[place(of: record.holder)] += 1 } }
    var dealt = counts.map { count in
      var part = Part()
      part.cases.reserveCapacity(count)
      return part
    }
    while let part = parts.popLast() {
      for record in part.cases { dealt[place(of: record.holder)].cases.append(record) }
    }
    return dealt
  }

  /// All cases, in parts.
  var cases: [[Case]] { parts.map(\.cases) }

  /// Once they are sorted, those that have a holder, in parts that divide no common name's.
  var byHolder: ArraySlice<[Case]> { cases.dropFirst() }

  /// Whether each definition that instances name is one of some, by their numbers.
  func marks(of ids: Set<Name>) -> [Bool] { definitions.names.map(ids.contains) }

  /// The id of the definition that a case names.
  func definition(of record: Case) -> Name? {
    record.definition < 0 ? nil : definitions.names[Int(record.definition)]
  }

  /// Those of the definitions' ids that instances name, by their numbers.
  func definitions(among ids: Set<Name>) -> [Int32: Name] {
    var found: [Int32: Name] = [:]
    for id in ids {
      if let number = definitions.index.known(id) { found[Int32(number)] = id }
    }
    return found
  }

  /// The grouping key of the user of a case that has a holder.
  func user(of record: Case) -> Name? {
    record.holder == .none ? nil : users.names[Int(record.holder.user)]
  }

  /// The common name of a case that has a holder.
  func commonName(of record: Case) -> String? {
    record.holder == .none
      ? nil : String(decoding: commonNames[Int(record.holder.commonName)], as: UTF8.self)
  }
}

extension CaseStore.Case {
  fileprivate func precedes(_ other: CaseStore.Case) -> Bool {
    if holder != other.holder {
      return (holder.commonName, holder.user) < (other.holder.commonName, other.holder.user)
    }
    if action != other.action { return action.rawValue < other.action.rawValue }
    if start != other.start { return start < other.start }
    return referenceID < other.referenceID
  }
}
