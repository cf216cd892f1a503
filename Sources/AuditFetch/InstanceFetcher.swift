import AuditModel

/// Fetches every instance of a window from a server, page by page, in the order of their reference ids.
public struct InstanceFetcher: Sendable {
  private let plan: FetchPlan
  private let toolVersion: String
  private let network: Network

  /// Makes a fetcher; the version goes into the User-Agent header.
  public init(plan: FetchPlan, toolVersion: String, network: Network = .real) {
    self.plan = plan
    self.toolVersion = toolVersion
    self.network = network
  }

  /// Hands over each page as soon as it is accepted; `keep` may throw to stop.
  ///
  /// - Throws: ``FetchError``, `PageError`, and what `keep` throws.
  public func fetch(_ keep: (FetchedPage) async throws -> Void) async throws -> FetchSummary {
    let connection = plan.connection
    return try await network.reach.with(connection, proxy: connection.proxy) { transport in
      try await network.reach.with(connection, proxy: connection.tokenProxy) { tokens in
        let read = InstanceRead(
          plan: plan, userAgent: "kfaudit/\(toolVersion)", transport: transport,
          authoriser: Authoriser(
            credentials: connection.credentials, transport: tokens,
            now: network.patience.now),
          patience: network.patience)
        var summary = try await read.run(keep)
        summary.peerCertificate = transport.peerCertificate
        return summary
      }
    }
  }
}
