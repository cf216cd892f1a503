import AuditModel

/// How many instances have each status.
struct StatusTally: Sendable {
  private var counts: (Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0)

  var total: Int {
    counts.0 + counts.1 + counts.2 + counts.3 + counts.4 + counts.5 + counts.6
  }

  subscript(status: Status) -> Int {
    switch status {
    case .canceledForRestart: counts.0
    case .complete: counts.1
    case .failed: counts.2
    case .rejected: counts.3
    case .running: counts.4
    case .suspended: counts.5
    case .unknown: counts.6
    }
  }

  /// Complete, Failed and Rejected.
  var terminal: Int { counts.1 + counts.2 + counts.3 }

  /// Running and Suspended.
  var open: Int { counts.4 + counts.5 }

  mutating func add(_ status: Status) {
    switch status {
    case .canceledForRestart: counts.0 += 1
    case .complete: counts.1 += 1
    case .failed: counts.2 += 1
    case .rejected: counts.3 += 1
    case .running: counts.4 += 1
    case .suspended: counts.5 += 1
    case .unknown: counts.6 += 1
    }
  }

  mutating func merge(_ other: StatusTally) {
    counts.0 += other.counts.0
    counts.1 += other.counts.1
    counts.2 += other.counts.2
    counts.3 += other.counts.3
    counts.4 += other.counts.4
    counts.5 += other.counts.5
    counts.6 += other.counts.6
  }

  /// The counts by the names of report.json.
  var document: PopulationDocument.StatusCounts {
    var document = PopulationDocument.StatusCounts()
    for status in Status.allCases { document[status] = self[status] }
    return document
  }
}
