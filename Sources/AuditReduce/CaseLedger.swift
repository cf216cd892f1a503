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
        record.request = Fingerprint(
          ofTexts: user.key.bytes, Array(instance.action.rawValue.utf8),
          Array(batch.text[subject.range]), definition.bytes)
      }
      if let slice = instance.commonName {
        let commonName = Array(batch.text[slice.range])
        record.holder = Fingerprint(ofTexts: user.key.bytes, commonName)
        if instance.status == .failed || instance.action == .revoke {
          holders[record.holder] = Holder(user: user.key, commonName: commonName)
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

  /// The instances of each user and common name: by action, then by start, then by reference id.
  var byHolder: [Case] {
    cases.filter { $0.holder != .none }.sorted { left, right in
      if left.holder != right.holder { return left.holder < right.holder }
      if left.action != right.action { return left.action.rawValue < right.action.rawValue }
      if left.start != right.start { return left.start < right.start }
      return left.referenceID < right.referenceID
    }
  }

  /// The definition's id of an instance.
  func definition(of record: Case) -> Name? {
    record.definition < 0 ? nil : definitions[Int(record.definition)]
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
