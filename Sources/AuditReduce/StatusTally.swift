import AuditModel

/// How many instances have each status.
struct StatusTally: Sendable {
  /// By the status's number.
  private var counts: [7 of Int] = .init(repeating: 0)

  var total: Int { Status.allCases.reduce(0) { $0 + self[$1] } }

  subscript(status: Status) -> Int { counts[status.rawValue] }

  /// Complete, Failed and Rejected.
  var terminal: Int { self[.complete] + self[.failed] + self[.rejected] }

  /// Running and Suspended.
  var open: Int { self[.running] + self[.suspended] }

  mutating func add(_ status: Status) {
    counts[status.rawValue] += 1
  }

  mutating func merge(_ other: StatusTally) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// The counts by the names of report.json.
  var document: PopulationDocument.StatusCounts {
    var document = PopulationDocument.StatusCounts()
    for status in Status.allCases { document[status] = self[status] }
    return document
  }
}

/// How many of a group's instances are terminal, and how many of those failed or were rejected.
struct EventTally: Sendable {
  private(set) var terminal = 0
  private var failed = 0
  private var rejected = 0

  subscript(event: GroupRateDocument.Event) -> Int {
    switch event {
    case .failed: failed
    case .rejected: rejected
    }
  }

  mutating func add(_ status: Status) {
    guard status.isTerminal else { return }
    terminal += 1
    if status == .failed { failed += 1 }
    if status == .rejected { rejected += 1 }
  }

  mutating func merge(_ other: EventTally) {
    terminal += other.terminal
    failed += other.failed
    rejected += other.rejected
  }
}

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
