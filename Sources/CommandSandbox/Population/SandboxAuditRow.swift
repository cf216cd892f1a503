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

  /// Appends the row as JSON.
  func append(to bytes: inout [UInt8]) {
    bytes += "{\"Id\":\(number),\"Timestamp\":\"".utf8
    SandboxOptions.DateStyle.trimmed.append(timestamp, to: &bytes)
    bytes += "\",\"Message\":".utf8
    JSONText.append(message, to: &bytes)
    bytes +=
      ",\"Signature\":\"c2FuZGJveA==\",\"Category\":\(category),\"Operation\":\(operation),\"Level\":0,\"User\":"
      .utf8
    JSONText.append(user, to: &bytes)
    for (name, value) in [
      ("EntityType", entityType), ("AuditIdentifier", auditIdentifier),
      ("ImmutableIdentifier", immutableIdentifier),
    ] {
      bytes += ",\"\(name)\":".utf8
      JSONText.append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
