import AuditModel

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
