/// Who decided on the instances of a sandbox, and when: what its server does not say about them.
///
/// It follows from the rows and the seed alone, so that the same sandbox has the same decisions on every day.
package struct SandboxDecisions: Sendable {
  /// A decision on an instance.
  package struct Decision: Sendable, Equatable {
    /// The instance's integer id.
    package var referenceID: Int64
    /// The instance's GUID.
    package var id: String
    /// Who decided, `DOMAIN\user`.
    package var approver: String
    /// When, in milliseconds since 1970.
    package var at: Int64
    /// Whether the request may go on; otherwise it was denied.
    package var isApproval: Bool
    /// Whether the file of decisions has it, as one that people keep may lack some.
    package var isKept: Bool
  }

  /// By instance, then by time.
  package let decisions: [Decision]

  private static let approvers = [
    "KEYEXAMPLE\\pkiadmin1", "KEYEXAMPLE\\pkiadmin2", "KEYEXAMPLE\\dthomas", "KEYEXAMPLE\\lfranz",
    "KEYEXAMPLE\\omarsh", "PARTNER\\rkeller",
  ]

  /// Draws the decisions on some rows, none of them later than `end`.
  init(_ rows: [SandboxRow], _ options: SandboxOptions, end: Int64) {
    let workflows = Dictionary(
      uniqueKeysWithValues: WorkflowCatalogue(seed: options.seed).workflows.map { ($0.id, $0) })
    decisions = rows.flatMap { row -> [Decision] in
      guard let workflow = workflows[row.definition.id], workflow.approvals > 0 else { return [] }
      return Self.decisions(on: row, workflow, seed: options.seed, end: end)
    }
  }

  private static func decisions(
    on row: SandboxRow, _ workflow: Workflow, seed: UInt64, end: Int64
  ) -> [Decision] {
    guard let last = row.lastModified else { return [] }
    var random = SeededRandom(seed: seed, stream: UInt64(row.referenceID) &+ 0x4445_4349_5349_4F4E)
    let isKept = !random.happens(0.05)
    let isLate = random.happens(0.01)
    let isOwn = random.happens(0.02) && row.userName != UserDirectory.timer
    let first = random.index(below: approvers.count)
    var times = self.times(of: row, workflow, until: last, &random)
    if isLate, !times.isEmpty {
      times[times.count - 1] = min(last + random.whole(600_000..<3_600_000), end)
    }
    return times.enumerated().map { place, time in
      // Two approvals of one request are two people's.
      let other = approvers[(first + place * 2) % approvers.count]
      let isLast = place == times.count - 1
      return Decision(
        referenceID: row.referenceID, id: row.id,
        approver: isOwn && isLast ? row.userName : other, at: time,
        isApproval: !(isLast && row.status == .rejected), isKept: isKept)
    }
  }

  /// When it was decided, ascending: the last time just before the last change.
  private static func times(
    of row: SandboxRow, _ workflow: Workflow, until last: Int64, _ random: inout SeededRandom
  ) -> [Int64] {
    let count: Int =
      switch row.status {
      case .complete: workflow.approvals
      case .rejected: 1 + random.index(below: workflow.approvals)
      // What failed at once was never approved.
      case .failed: last - row.start > 60_000 ? workflow.approvals : 0
      case .suspended: workflow.approvals - outstanding(row)
      case .running, .canceledForRestart: 0
      }
    guard count > 0, last > row.start else { return [] }
    let final = max(row.start, last - random.whole(200..<4000))
    return (1..<count).map { _ in random.whole(row.start..<max(final, row.start + 1)) }.sorted()
      + [final]
  }

  /// How many approvals a waiting instance still needs.
  private static func outstanding(_ row: SandboxRow) -> Int {
    let words = (row.statusMessage ?? "").split(separator: " ")
    return words.dropFirst().first.flatMap { Int($0) } ?? .max / 2
  }

  /// The decisions that somebody kept, as `kfaudit run --approvals` reads them.
  package var csv: [UInt8] {
    var text = Array("reference_id,id,approver,decided_at,decision,source\r\n".utf8)
    for decision in decisions where decision.isKept {
      text += "\(decision.referenceID),\(decision.id),\(decision.approver),".utf8
      SandboxOptions.DateStyle.trimmed.append(decision.at, to: &text)
      text += ",\(decision.isApproval ? "approved" : "rejected"),sandbox\r\n".utf8
    }
    return text
  }
}
