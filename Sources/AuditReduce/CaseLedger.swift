import AuditModel

/// Who asked for what and when: one small record an instance, for metrics that follow a request over several instances.
///
/// Instances with unusable times are not in it. Texts are kept as fingerprints; user and common name stay readable only
/// where a report may have to name them: for failures and for revocations. Costs 64 bytes an instance.
struct CaseLedger: Reducer {
  /// One instance.
  struct Case: Sendable {
    /// User, action, subject and definition; ``Fingerprint/none`` when one is missing.
    var request: Fingerprint
    /// User and common name; ``Fingerprint/none`` when one is missing.
    var holder: Fingerprint
    var referenceID: Int64
    var start: Instant
    var lastModified: Instant
    /// Where the definition stands in ``CaseLedger/definitions``.
    fileprivate(set) var definition: Int32
    var status: Status
    var action: Action
  }

  /// Who is meant by a fingerprint.
  private struct Holder: Sendable {
    /// The user's grouping key.
    var user: Name
    /// Where the common name lies in ``CaseLedger/commonNames``.
    var commonName: Range<Int>
  }

  private(set) var cases: [Case] = []
  private(set) var definitions: [Name] = []
  private var holders: [Fingerprint: Holder] = [:]
  /// Common names in UTF-8, one behind the other.
  private var commonNames: [UInt8] = []
  private var indices: [Name: Int32] = [:]
  /// What is to be digested, kept for its storage.
  private var scratch: [UInt8] = []

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard instance.hasUsableTimes, let start = instance.start,
      let lastModified = instance.lastModified
    else { return }
    var record = Case(
      request: .none, holder: .none, referenceID: instance.referenceID, start: start,
      lastModified: lastModified, definition: index(of: instance.definition.id),
      status: instance.status, action: instance.action)
    if let user = instance.user {
      let key = user.key.bytes
      let text = batch.text.span
      if let subject = instance.subject, let definition = instance.definition.id?.bytes {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: instance.action.rawValue.utf8)
        scratch.append(measured: key.span)
        scratch.append(measured: text.extracting(subject.range))
        scratch.append(measured: definition.span)
        record.request = Fingerprint(of: scratch)
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
    cases.append(record)
  }

  /// Keeps who is meant by a fingerprint.
  private mutating func remember(
    _ fingerprint: Fingerprint, _ user: Name, _ commonName: borrowing Span<UInt8>
  ) {
    if holders[fingerprint] != nil { return }
    let start = commonNames.count
    commonNames.append(copying: commonName)
    holders[fingerprint] = Holder(user: user, commonName: start..<commonNames.count)
  }

  mutating func merge(_ other: CaseLedger) {
    // Taking over what is as long as the population costs nothing as long as there is nothing yet.
    if cases.isEmpty {
      self = other
      return
    }
    let moved = other.definitions.map { index(of: $0) }
    let first = cases.count
    cases += other.cases
    for position in first..<cases.count where cases[position].definition >= 0 {
      cases[position].definition = moved[Int(cases[position].definition)]
    }
    for (fingerprint, holder) in other.holders {
      remember(fingerprint, holder.user, other.commonNames.span.extracting(holder.commonName))
    }
  }

  /// Brings the cases of each user and common name together: by action, then by start, then by reference id.
  ///
  /// Fingerprints are spread evenly, so that their leading bits deal the cases out in place, and little is left to be
  /// compared; sorting all of them at once would need half as much memory again.
  mutating func sort() {
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

  /// Once they are sorted, those that name a user and have a common name.
  var byHolder: ArraySlice<Case> {
    // No fingerprint is smaller than that of nothing.
    let first = cases.firstIndex { $0.holder != .none }
    return cases[(first ?? cases.endIndex)...]
  }

  /// The definition's id of an instance.
  func definition(of record: Case) -> Name? {
    record.definition < 0 ? nil : definitions[Int(record.definition)]
  }

  /// Who is meant by a fingerprint: the user's grouping key, and the common name in UTF-8.
  func holder(of fingerprint: Fingerprint) -> (user: Name, commonName: ArraySlice<UInt8>)? {
    holders[fingerprint].map { ($0.user, commonNames[$0.commonName]) }
  }

  private mutating func index(of definition: Name?) -> Int32 {
    guard let definition else { return -1 }
    if let index = indices[definition] { return index }
    let index = Int32(definitions.count)
    definitions.append(definition)
    indices[definition] = index
    return index
  }
}

extension CaseLedger.Case {
  fileprivate func precedes(_ other: CaseLedger.Case) -> Bool {
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
