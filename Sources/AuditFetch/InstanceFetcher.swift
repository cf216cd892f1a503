import AuditModel

/// Fetches the instances of a window from a server into a store of pages, and says how complete they are.
///
/// ```swift
/// let store = MemoryStore()
/// let fetcher = InstanceFetcher(plan: plan, toolVersion: "1.0.0", network: server.network)
/// let outcome = try await fetcher.fetch(into: store)
/// let rows = try outcome.contents.flatMap { content in
///   try PageScan.rows(of: store.body(of: content), page: "page \(content)")
/// }
/// ```
package struct InstanceFetcher: Sendable {
  private let plan: FetchPlan
  private let toolVersion: String
  private let network: Network

  /// Makes a fetcher; the version goes into the User-Agent header.
  package init(plan: FetchPlan, toolVersion: String, network: Network) {
    self.plan = plan
    self.toolVersion = toolVersion
    self.network = network
  }

  /// Reads the window into a store.
  ///
  /// - Parameters:
  ///   - store: Keeps the pages.
  ///   - watch: Hears what happens, from several tasks.
  ///   - meanwhile: Works on the first read while the second one is under way.
  ///   - definitions: Says which definitions to ask for after the reads; `nil` to ask for none.
  /// - Returns: what was found, and how complete it is.
  /// - Throws: `FetchError`, `PageError`, and what the store and `meanwhile` throw.
  package func fetch(
    into store: any PageStore, watch: @escaping @Sendable (FetchEvent) -> Void = { _ in },
    meanwhile: (FirstRead) async throws -> Void = { _ in },
    definitions: (FetchOutcome) async throws -> [DefinitionQuestion]? = { _ in nil }
  ) async throws -> FetchOutcome {
    try await converse(watch) { session, transport in
      var outcome = try await PopulationRead(
        plan: plan, session: session, store: store, watch: watch
      ).run(meanwhile)
      if let questions = try await definitions(outcome) {
        let read = DefinitionRead(session: session, store: store)
        outcome.definitions = try await read.run(questions)
        outcome.facts = session.facts
      }
      outcome.facts.peerCertificate = transport.peerCertificate
      return outcome
    }
  }

  /// Tries the connection, the credentials and the server's paging behaviour, and fetches nothing else.
  ///
  /// - Parameters:
  ///   - definition: Whether to try to read the definition of the newest instance.
  ///   - watch: Hears what happens.
  /// - Returns: What was found, check by check.
  /// - Throws: `FetchError` and `PageError`.
  package func check(
    definition: Bool = false,
    watch: @escaping @Sendable (FetchEvent) -> Void = { _ in }
  ) async throws -> PreflightReport {
    try await converse(watch) { session, transport in
      var preflight = try await Preflight(session: session, plan: plan).run()
      if definition {
        preflight.checks.append(
          try await DefinitionRead(session: session, store: nil).check(preflight.dialect))
      }
      var facts = session.facts
      facts.peerCertificate = transport.peerCertificate
      return PreflightReport(checks: preflight.checks, facts: facts, canProve: preflight.canProve)
    }
  }

  func converse<Value>(
    _ watch: @escaping @Sendable (FetchEvent) -> Void,
    _ body: (ServerSession, any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    let connection = plan.connection
    return try await network.transports.with(connection, proxy: connection.proxy) { transport in
      try await network.transports.with(connection, proxy: connection.tokenProxy) { tokens in
        let exchange = InstanceExchange(
          server: connection.server, userAgent: "kfaudit/\(toolVersion)", transport: transport,
          authoriser: Authoriser(
            credentials: connection.credentials, transport: tokens, now: network.clock.now))
        return try await body(
          ServerSession(plan, exchange: exchange, clock: network.clock, watch: watch),
          transport)
      }
    }
  }
}
