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
