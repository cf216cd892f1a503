package import AuditFetch
package import AuditModel
package import AuditPlan
import AuditReport
import AuditTransport

/// Tries the connection, the credentials and the server's paging behaviour, and fetches nothing else.
package struct ServerCheck: Sendable {
  private let plan: AuditPlan
  private let connection: Connection
  private let now: Instant
  let observer: RunObserver
  private let network: Network

  /// Makes a check of a server; `now` is this machine's time.
  package init(
    plan: AuditPlan, connection: Connection, now: Instant, observer: RunObserver,
    network: Network = .real
  ) {
    (self.plan, self.connection, self.now, self.observer) = (plan, connection, now, observer)
    self.network = network
  }

  /// What was found, as a table to read.
  ///
  /// - Throws: why a run could not begin, with the exit status that it would have.
  package func run() async throws -> String {
    let found = try await fetcher().check(
      definition: plan.controlDesign, watch: observer.fetch)
    let account = connection.credentials.principal.map { " as \($0)" } ?? ""
    let version = found.facts.productVersion.map { "product version \($0)" } ?? "version not named"
    let rows =
      [("server", "passed", "\(connection.server)\(account), \(version)")]
      + found.checks.map { ($0.name, $0.result.rawValue, $0.detail) }
    return PlainTable.of(rows) + "\n" + Self.verdict(found)
  }

  /// What asks the server.
  func fetcher() throws(ReductionError) -> InstanceFetcher {
    guard let window = plan.window else { throw ReductionError.noWindow }
    return InstanceFetcher(
      plan: plan.fetch(of: window, from: connection, now: now), toolVersion: ToolVersion.current,
      network: network)
  }

  private static func verdict(_ report: PreflightReport) -> String {
    report.canProve
      ? "A run can prove that it read every instance."
      : "A run cannot prove that it read every instance; what is noted says why."
  }
}

// Whether the server's audit log names an instance, so that a customer knows whether its download will link.
extension ServerCheck {
  /// What was found, as a table to read and a conclusion; of rows only which fields name the instance, never what they hold.
  ///
  /// - Throws: `AuditLogError`, and why the server was not asked.
  package func auditLog(about id: InstanceID) async throws -> String {
    let found = try await fetcher().auditLog(about: id, watch: observer.fetch)
    let scope =
      "\(Counted(found.rows, "row").start) of the audit log around \(found.start) and \(found.lastModified)"
      + (found.isCut ? ", and more that were not looked at" : "")
    let rows = found.kinds.map { kind, count in
      (
        name:
          "category \(kind.category.map(String.init) ?? "none"), \(Self.words(kind.entityType))",
        result: "operation \(Self.words(kind.operation))",
        detail: "\(Counted(count, "row").phrase): \(Self.fields(kind))"
      )
    }
    return ([scope + "."] + (rows.isEmpty ? [] : [PlainTable.of(rows)]) + [Self.conclusion(found)])
      .joined(separator: "\n")
  }

  /// The vendor's words for operations that may decide something.
  private static let operations: [Int64: String] = [
    4: "Approved", 5: "Denied", 6: "Revoked", 20: "Disapproved", 21: "Restarted", 22: "Sent",
    23: "Failed", 24: "Completed", 25: "Rejected",
  ]

  private static func words(_ operation: Int64?) -> String {
    guard let operation else { return "none" }
    return operations[operation].map { "\(operation) (\($0))" } ?? "\(operation)"
  }

  /// The server's word, as a terminal may show it.
  private static func words(_ entityType: String?) -> String {
    entityType.map { TerminalText.sanitized($0, limit: 60) } ?? "no entity type"
  }

  private static func fields(_ kind: AuditLogFindings.Kind) -> String {
    let named = [("ID", kind.withID), ("reference ID", kind.withReferenceID)]
      .filter { !$0.1.isEmpty }
      .map { "the \($0.0) in \($0.1.map { TerminalText.sanitized($0, limit: 60) }.enumeration)" }
    return named.joined(separator: ", ")
  }

  /// The fields of the API that the portal's download has, under its names for them.
  private static let downloaded = Set(["message", "auditidentifier"].map { Name($0) })
  /// The operations that count in a download.
  private static let deciding: Set<Int64> = [4, 5, 20, 25]

  private static func conclusion(_ found: AuditLogFindings) -> String {
    let deciding = found.kinds.filter { $0.kind.operation.map(Self.deciding.contains) ?? false }
    let links = deciding.contains { kind, _ in
      kind.withID.contains { Self.downloaded.contains(Name($0.lowercased())) }
    }
    if links {
      return
        "The portal's audit log download will link: it has these fields, as XMLMessage and Name. Pass it to kfaudit run "
        + "--approvals."
    }
    if deciding.contains(where: { !$0.kind.withID.isEmpty }) {
      return
        "The audit log names the instance, but not in a field that the portal's download has: the download will not link."
    }
    if found.kinds.contains(where: { !$0.kind.withID.isEmpty }) {
      return
        "The audit log names the instance, but no row is an approval or a rejection: the download will not link decisions. "
        + "Choose an instance that somebody approved or rejected."
    }
    return found.kinds.isEmpty
      ? "No row names the instance: the portal's download will not link. Bring decisions from another system."
      : "Rows hold the number of its reference ID alone, which may be chance: the portal's download will not link."
  }
}
