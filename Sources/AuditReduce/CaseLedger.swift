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
  struct Holder: Sendable {
    /// The user's grouping key.
    var user: Name
    /// The common name in UTF-8.
    var commonName: [UInt8]
  }

  private(set) var cases: [Case] = []
  private(set) var definitions: [Name] = []
  private(set) var holders: [Fingerprint: Holder] = [:]
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
      if let subject = instance.subject, let definition = instance.definition.id {
        record.request = fingerprint(
          user.key.bytes[...], batch.text[subject.range], definition.bytes[...],
          for: instance.action)
      }
      if let slice = instance.commonName {
        let commonName = batch.text[slice.range]
        record.holder = fingerprint(user.key.bytes[...], commonName)
        if instance.status == .failed || instance.action == .revoke {
          holders[record.holder] = Holder(user: user.key, commonName: Array(commonName))
        }
      }
    }
    cases.append(record)
  }

  mutating func merge(_ other: CaseLedger) {
    let moved = other.definitions.map { index(of: $0) }
    let first = cases.count
    cases += other.cases
    for position in first..<cases.count where cases[position].definition >= 0 {
      cases[position].definition = moved[Int(cases[position].definition)]
    }
    holders.merge(other.holders) { known, _ in known }
  }

  /// Brings the cases of each user and common name together: by action, then by start, then by reference id.
  mutating func sort() {
    cases.sort { left, right in
      if left.holder != right.holder { return left.holder < right.holder }
      if left.action != right.action { return left.action.rawValue < right.action.rawValue }
      if left.start != right.start { return left.start < right.start }
      return left.referenceID < right.referenceID
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

  /// Stands for some texts; each is preceded by its length, so that no two lists of texts give the same bytes.
  private mutating func fingerprint(
    _ texts: ArraySlice<UInt8>..., for action: Action? = nil
  ) -> Fingerprint {
    scratch.removeAll(keepingCapacity: true)
    if let action { scratch += action.rawValue.utf8 }
    for text in texts {
      for shift in stride(from: 24, through: 0, by: -8) {
        scratch.append(UInt8(truncatingIfNeeded: text.count >> shift))
      }
      scratch += text
    }
    return Fingerprint(of: scratch)
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
