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
