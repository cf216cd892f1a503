import AuditModel

/// Who asked for what and when: one small record an instance, for metrics that follow a request over several instances.
///
/// Instances with unusable times are not in it. Texts are kept as keys; users stay readable only where a report may have to
/// name them: for failures, rejections and revocations; common names in ``CommonNames``. Costs 56 bytes an instance, 24
/// more for each that failed, was rejected or revokes, and about 20 and its length for each common name.
struct CaseStore: Reducer {
  /// One instance.
  struct Case: Sendable {
    /// User and common name; ``HolderKey/none`` when one is missing.
    var holder: HolderKey
    /// User, action, subject and definition; ``RequestKey/none`` when one is missing.
    var request: RequestKey
    var referenceID: Int64
    var start: Instant
    var lastModified: Instant
    /// Where the definition stands in ``CaseStore/definitions``.
    fileprivate(set) var definition: Int32
    var status: Status
    var action: Action
    /// Whether its message says that a certificate was issued.
    var isIssued: Bool
  }

  /// Who is meant by a key.
  private struct Holder: Sendable {
    var key: HolderKey
    /// The number of the user's grouping key.
    var user: Int32
  }

  /// Some of the cases: one list of all would be copied while it grows, and memory would hold them twice.
  private struct Part: Sendable {
    var cases: [Case] = []
    /// The numbers of their definitions in this store, when another one has numbered them.
    var renumbered: [Int32]?

    /// Long enough, 3.5 MiB, that the system takes the storage back as soon as it is freed (`ProcessSetup`).
    static let length = 65_536

    /// Sorts them by their keys, which have the first bits in common; those without a key need no order.
    mutating func sort(behind bits: Int) {
      if cases.first?.holder == HolderKey.none { return }
      cases.sort(spreadBy: { $0.holder.bits(behind: bits) }, by: { $0.precedes($1) })
    }
  }

  /// As they came; once they are sorted, the first holds those without a key, and each of the others all of some users
  /// and common names.
  private var parts: [Part] = []
  /// How many cases the last part has room for.
  private var room = 0
  private var isSorted = false
  private var definitions = NameIndex()
  /// Some more than once; sorted with the cases.
  private var holders: [Holder] = []
  private var users = NameIndex()
  private var commonNames = CommonNames()
  /// Until when open cases were watched, by reference id, where their part has an as-of instant of its own.
  private var watchedUntil: [Int64: Instant] = [:]

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.hasUsableTimes, let start = instance.start,
      let lastModified = instance.lastModified
    else { return }
    var record = Case(
      holder: .none, request: .none, referenceID: instance.referenceID, start: start,
      lastModified: lastModified,
      definition: definitions.number(of: instance.definition.id),
      status: instance.status, action: instance.action, isIssued: instance.outcome == .issued)
    if let user = instance.user {
      let text = instance.batch.text.span
      let key = user.key.bytes
      var hasher = Hasher()
      hasher.combine(key.span)
      if let subject = instance.subject, let definition = instance.definition.id?.bytes {
        var hasher = hasher
        hasher.combine(instance.action)
        hasher.combine(text.extracting(subject.range))
        hasher.combine(definition.span)
        record.request = RequestKey(hasher)
      }
      if let slice = instance.commonName {
        let commonName = text.extracting(slice.range)
        hasher.combine(commonName)
        var nameHasher = Hasher()
        nameHasher.combine(commonName)
        record.holder = HolderKey(name: nameHasher, holder: hasher)
        commonNames.add(commonName, key: record.holder.name)
        if [.failed, .rejected].contains(instance.status) || instance.action == .revoke {
          holders.append(Holder(key: record.holder, user: users.number(of: user.key)))
        }
      }
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
      return
    }
    let moved = other.definitions.names.map { definitions.number(of: $0) }
    room = 0
    watchedUntil.merge(other.watchedUntil) { max($0, $1) }
    parts += other.parts.map { part in
      Part(cases: part.cases, renumbered: part.renumbered?.map { moved[Int($0)] } ?? moved)
    }
    commonNames.merge(other.commonNames)
    let users = other.users.names.map { self.users.number(of: $0) }
    holders += other.holders.map { Holder(key: $0.key, user: users[Int($0.user)]) }
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
    let count = parts.reduce(0) { $0 + $1.cases.count }
    let bits = Int.bitWidth - (count / Part.length).leadingZeroBitCount
    parts = dealtOut(by: bits)
    parts.concurrentForEach { $0.sort(behind: bits) }
    holders.sort(spreadBy: { $0.key.bits(behind: 0) }, by: { $0.key < $1.key })
    (room, isSorted) = (0, true)
  }

  /// Deals out the cases by the first bits of their keys, which are spread evenly, and lets each part go.
  private mutating func dealtOut(by bits: Int) -> [Part] {
    func place(of key: HolderKey) -> Int { key == .none ? 0 : 1 + key.first(bits) }

    var counts = [Int](repeating: 0, count: 1 + 1 << bits)
    for part in parts { for record in part.cases { counts[place(of: record.holder)] += 1 } }
    var dealt = counts.map { count in
      var part = Part()
      part.cases.reserveCapacity(count)
      return part
    }
    while let part = parts.popLast() {
      for var record in part.cases {
        if let renumbered = part.renumbered, record.definition >= 0 {
          record.definition = renumbered[Int(record.definition)]
        }
        dealt[place(of: record.holder)].cases.append(record)
      }
    }
    return dealt
  }

  /// All cases, in parts.
  var cases: [[Case]] { parts.map(\.cases) }

  /// Once they are sorted, those that name a user and have a common name, in parts that divide no common name's.
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
      if let number = definitions.known(id) { found[Int32(number)] = id }
    }
    return found
  }

  /// Who is meant by a key, once they are sorted: the user's grouping key, and the common name in UTF-8.
  func holder(of key: HolderKey) -> (user: Name, commonName: ArraySlice<UInt8>)? {
    let place = holders.partitioningIndex { $0.key >= key }
    guard place < holders.count, holders[place].key == key,
      let commonName = commonNames.name(of: key.name)
    else { return nil }
    return (users.names[Int(holders[place].user)], commonName)
  }

  /// The common name that is meant by a key.
  func commonName(of key: HolderKey) -> String? {
    commonNames.name(of: key.name).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension CaseStore.Case {
  fileprivate func precedes(_ other: CaseStore.Case) -> Bool {
    if holder != other.holder { return holder < other.holder }
    if action != other.action { return action.rawValue < other.action.rawValue }
    if start != other.start { return start < other.start }
    return referenceID < other.referenceID
  }
}

extension Hasher {
  /// Takes in a text behind its length, so that no two lists of texts are the same.
  fileprivate mutating func combine(_ text: borrowing Span<UInt8>) {
    combine(text.count)
    // The buffer is read within the call and not kept.
    unsafe text.withUnsafeBytes { unsafe combine(bytes: $0) }
  }
}

extension Array {
  /// Sorts elements by bits that are spread evenly, and of equal ones as `precedes` says.
  ///
  /// The first bits deal the elements out in place, so that few are left to be compared with each other; sorting all at
  /// once would need half as much memory again.
  mutating func sort(
    spreadBy bits: (Element) -> UInt, by precedes: (Element, Element) -> Bool
  ) {
    let width = Swift.min(Swift.max(Int.bitWidth - (count / 16).leadingZeroBitCount, 1), 16)
    func bucket(_ element: Element) -> Int { Int(bits(element) >> UInt(UInt.bitWidth - width)) }
    var ends = [Int](repeating: 0, count: 1 << width)
    for element in self { ends[bucket(element)] += 1 }
    var starts = [Int](repeating: 0, count: ends.count)
    for bucket in ends.indices.dropFirst() {
      starts[bucket] = ends[bucket - 1]
      ends[bucket] += ends[bucket - 1]
    }
    var free = starts
    for index in ends.indices {
      while free[index] < ends[index] {
        let home = bucket(self[free[index]])
        if home != index { swapAt(free[index], free[home]) }
        free[home] += 1
      }
      self[starts[index]..<ends[index]].sort(by: precedes)
    }
  }
}

/// The ranges of neighbours that belong together, in order, found one by one: as a list they could be as many as the
/// elements.
struct Runs<Base: RandomAccessCollection>: Sequence, IteratorProtocol where Base.Index == Int {
  fileprivate let base: Base
  fileprivate var position: Int
  fileprivate let belongs: (Base.Element, Base.Element) -> Bool

  mutating func next() -> Range<Int>? {
    guard position < base.endIndex else { return nil }
    let first = position
    repeat {
      position += 1
    } while position < base.endIndex
      && belongs(base[position - 1], base[position])
    return first..<position
  }
}

extension RandomAccessCollection where Index == Int {
  /// The ranges of neighbours that belong together.
  func runs(by belongs: @escaping (Element, Element) -> Bool) -> Runs<Self> {
    Runs(base: self, position: startIndex, belongs: belongs)
  }
}
