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
    self.plan = plan
    self.connection = connection
    self.now = now
    self.observer = observer
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
