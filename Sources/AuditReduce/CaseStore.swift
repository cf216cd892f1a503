import AuditModel

/// Who asked for what and when: one small record an instance, for metrics that follow a request over several instances.
///
/// Instances with unusable times are not in it. Texts are kept as a fingerprint and a key; user and common name stay
/// readable only where a report may have to name them: for failures and for revocations. Costs 56 bytes an instance, and
/// about 60 more for each that failed or revokes.
struct CaseStore: Reducer {
  /// One instance.
  struct Case: Sendable {
    /// User and common name; ``Fingerprint/none`` when one is missing.
    var holder: Fingerprint
    /// User, action, subject and definition; ``RequestKey/none`` when one is missing.
    var request: RequestKey
    var referenceID: Int64
    var start: Instant
    var lastModified: Instant
    /// Where the definition stands in ``CaseStore/definitions``.
    fileprivate(set) var definition: Int32
    var status: Status
    var action: Action
  }

  /// Who is meant by a fingerprint.
  private struct Holder: Sendable {
    var fingerprint: Fingerprint
    /// The number of the user's grouping key.
    var user: Int32
    /// How long the common name is.
    var length: Int32
    /// Where it begins in ``CaseStore/commonNames``.
    var start: Int

    var commonName: Range<Int> { start..<start + Int(length) }
  }

  /// Some of the cases: one list of all would be copied while it grows, and memory would hold them twice.
  private struct Part: Sendable {
    var cases: [Case] = []
    /// The numbers of their definitions in this store, when another one has numbered them.
    var renumbered: [Int32]?

    /// Long enough, 3.5 MiB, that the system takes the storage back as soon as it is freed (`ProcessSetup`).
    static let length = 65_536
  }

  private var parts: [Part] = []
  /// How many cases the last part has room for.
  private var room = 0
  /// All cases, once they are sorted.
  private(set) var cases: [Case] = []
  private var definitions = NameIndex()
  /// Some more than once; sorted with the cases.
  private var holders: [Holder] = []
  private var users = NameIndex()
  /// Common names in UTF-8, one behind the other.
  private var commonNames: [UInt8] = []
  /// Until when open cases were watched, by reference id, where their part has an as-of instant of its own.
  private var watchedUntil: [Int64: Instant] = [:]
  /// What is to be digested, kept for its storage.
  private var scratch: [UInt8] = []

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.hasUsableTimes, let start = instance.start,
      let lastModified = instance.lastModified
    else { return }
    var record = Case(
      holder: .none, request: .none, referenceID: instance.referenceID, start: start,
      lastModified: lastModified,
      definition: definitions.number(of: instance.definition.id),
      status: instance.status, action: instance.action)
    if let user = instance.user {
      let key = user.key.bytes
      let text = instance.batch.text.span
      if let subject = instance.subject, let definition = instance.definition.id?.bytes {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: instance.action.rawValue.utf8)
        scratch.append(measured: key.span)
        scratch.append(measured: text.extracting(subject.range))
        scratch.append(measured: definition.span)
        record.request = RequestKey(of: scratch)
      }
      if let slice = instance.commonName {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(measured: key.span)
        scratch.append(measured: text.extracting(slice.range))
        record.holder = Fingerprint(of: scratch)
        if instance.status == .failed || instance.action == .revoke {
          remember(record.holder, user.key, text.extracting(slice.range))
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

  /// Keeps who is meant by a fingerprint.
  private mutating func remember(
    _ fingerprint: Fingerprint, _ user: Name, _ commonName: borrowing Span<UInt8>
  ) {
    holders.append(
      Holder(
        fingerprint: fingerprint, user: users.number(of: user),
        length: Int32(commonName.count), start: commonNames.count))
    commonNames.append(copying: commonName)
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
    for holder in other.holders {
      remember(
        holder.fingerprint, other.users.names[Int(holder.user)],
        other.commonNames.span.extracting(holder.commonName))
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
  /// Fingerprints are spread evenly, so that their leading bits deal the cases out in place, and little is left to be
  /// compared; sorting all of them at once would need half as much memory again.
  mutating func sort() {
    if parts.isEmpty { return }
    gather()
    holders.sort { $0.fingerprint < $1.fingerprint }
    let bits = min(max(Int.bitWidth - (cases.count / 16).leadingZeroBitCount, 1), 16)
    var ends = [Int](repeating: 0, count: 1 << bits)
    for index in cases.indices { ends[cases[index].holder.leading(bits)] += 1 }
    var starts = [Int](repeating: 0, count: ends.count)
    for bucket in ends.indices.dropFirst() {
      starts[bucket] = ends[bucket - 1]
      ends[bucket] += ends[bucket - 1]
    }
    var free = starts
    for bucket in ends.indices {
      while free[bucket] < ends[bucket] {
        let home = cases[free[bucket]].holder.leading(bits)
        if home != bucket { cases.swapAt(free[bucket], free[home]) }
        free[home] += 1
      }
      cases[starts[bucket]..<ends[bucket]].sort { $0.precedes($1) }
    }
  }

  /// Puts the parts together, and lets each go.
  private mutating func gather() {
    cases.reserveCapacity(parts.reduce(cases.count) { $0 + $1.cases.count })
    while let part = parts.popLast() {
      for var record in part.cases {
        if let renumbered = part.renumbered, record.definition >= 0 {
          record.definition = renumbered[Int(record.definition)]
        }
        cases.append(record)
      }
    }
  }

  /// Once they are sorted, those that name a user and have a common name.
  var byHolder: ArraySlice<Case> {
    // No fingerprint is smaller than that of nothing.
    let first = cases.firstIndex { $0.holder != .none }
    return cases[(first ?? cases.endIndex)...]
  }

  /// Those of the definitions' ids that instances name, by their numbers.
  func definitions(among ids: Set<Name>) -> [Int32: Name] {
    var found: [Int32: Name] = [:]
    for id in ids {
      if let number = definitions.known(id) { found[Int32(number)] = id }
    }
    return found
  }

  /// Who is meant by a fingerprint: the user's grouping key, and the common name in UTF-8.
  func holder(of fingerprint: Fingerprint) -> (user: Name, commonName: ArraySlice<UInt8>)? {
    let place = holders.partitioningIndex { $0.fingerprint >= fingerprint }
    guard place < holders.count, holders[place].fingerprint == fingerprint else { return nil }
    return (users.names[Int(holders[place].user)], commonNames[holders[place].commonName])
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

extension [UInt8] {
  /// Appends a text preceded by its length, so that no two lists of texts give the same bytes.
  fileprivate mutating func append(measured text: borrowing Span<UInt8>) {
    append(addingCapacity: text.count + 8) { output in
      output.append(ByteWord(bits: UInt64(UInt32(text.count).byteSwapped)), first: 4)
      output.append(text)
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
