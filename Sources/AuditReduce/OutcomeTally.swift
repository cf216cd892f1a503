import AuditModel

/// How many instances have each outcome.
struct OutcomeTally: Sendable {
  /// By the outcome's number.
  private var counts: [9 of Int] = .init(repeating: 0)

  mutating func add(_ outcome: Outcome) {
    counts[outcome.number] += 1
  }

  mutating func merge(_ other: OutcomeTally) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// The counts by outcome.
  var document: PopulationDocument.OutcomeCounts {
    var document = PopulationDocument.OutcomeCounts()
    for outcome in Outcome.allCases { document[outcome] = counts[outcome.number] }
    return document
  }
}

extension Outcome {
  /// Where its count is.
  fileprivate var number: Int {
    switch self {
    case .issued: 0
    case .revoked: 1
    case .pendingAtCA: 2
    case .failed: 3
    case .rejected: 4
    case .open: 5
    case .superseded: 6
    case .complete: 7
    case .unknown: 8
    }
  }
}

/// The smallest of some reference ids, ascending.
struct FirstIDs: Sendable {
  private(set) var ids: [Int64] = []

  mutating func add(_ id: Int64) {
    if ids.count == FollowUp.listedIDs, let last = ids.last, id >= last { return }
    ids.insert(id, at: ids.partitioningIndex { $0 > id })
    if ids.count > FollowUp.listedIDs { ids.removeLast() }
  }

  mutating func merge(_ other: FirstIDs) {
    for id in other.ids { add(id) }
  }
}
