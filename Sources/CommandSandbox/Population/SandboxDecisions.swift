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

/// A row of the sandbox's audit log, in the vendor's shape.
///
/// Which category and which fields a real product gives to a decision on a workflow is not public: those of the sandbox are
/// invented, and only try out what looks for them.
struct SandboxAuditRow: Sendable {
  var number: Int
  /// In milliseconds since 1970.
  var timestamp: Int64
  /// XML.
  var message: String
  var category: Int
  var operation: Int
  var user: String
  var entityType: String
  var auditIdentifier: String
  var immutableIdentifier: String

  /// Of a decision on a workflow: a number that none of the vendor's pages has.
  private static let decision = (category: 2099, type: "Sandbox Workflow Instance")
  /// Of an approval by a certificate authority, which is none of a workflow.
  private static let request = (category: 2001, type: "Auditing Certificate Request")

  /// The rows of decisions, and about as many of other things beside them, in the order of time.
  static func rows(of decisions: SandboxDecisions, seed: UInt64) -> [SandboxAuditRow] {
    var rows: [SandboxAuditRow] = []
    for decision in decisions.decisions {
      var random = SeededRandom(
        seed: seed, stream: UInt64(decision.referenceID) &+ 0x4155_4449_544C_4F47)
      rows.append(
        SandboxAuditRow(
          number: 0, timestamp: decision.at,
          message:
            "<WorkflowInstance><Id>\(decision.id)</Id><ReferenceId>\(decision.referenceID)</ReferenceId></WorkflowInstance>",
          category: Self.decision.category, operation: decision.isApproval ? 4 : 5,
          user: decision.approver, entityType: Self.decision.type,
          auditIdentifier: "Request \(decision.referenceID)",
          immutableIdentifier: decision.id))
      let number = random.index(below: 90_000) + 10_000
      rows.append(
        SandboxAuditRow(
          number: 0, timestamp: decision.at + random.whole(1000..<400_000),
          message: "<CertificateRequest><CARequestId>\(number)</CARequestId></CertificateRequest>",
          category: request.category, operation: 4, user: decision.approver,
          entityType: request.type, auditIdentifier: "CA request \(number)",
          immutableIdentifier: "\(number)"))
    }
    rows.sort { ($0.timestamp, $0.auditIdentifier) < ($1.timestamp, $1.auditIdentifier) }
    for index in rows.indices { rows[index].number = index + 1 }
    return rows
  }

  /// The row as its server writes it.
  var json: JSONValue {
    var time: [UInt8] = []
    SandboxOptions.DateStyle.trimmed.append(timestamp, to: &time)
    return .object([
      ("Id", .number(number)), ("Timestamp", .text(String(decoding: time, as: UTF8.self))),
      ("Message", .text(message)), ("Signature", .text("c2FuZGJveA==")),
      ("Category", .number(category)), ("Operation", .number(operation)), ("Level", .number(0)),
      ("User", .text(user)), ("EntityType", .text(entityType)),
      ("AuditIdentifier", .text(auditIdentifier)),
      ("ImmutableIdentifier", .text(immutableIdentifier)),
    ])
  }
}
