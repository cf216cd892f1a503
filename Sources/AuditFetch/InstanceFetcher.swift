package import AuditModel

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

  /// Tries the connection, the credentials, the server's paging behaviour and, if wanted, to read the definition of the
  /// newest instance, and fetches nothing else.
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

/// What is to be fetched, from where, and how sure it shall be.
package struct FetchPlan: Sendable {
  /// How sure the population shall be.
  package enum Assurance: String, Sendable, CaseIterable {
    /// Two reads: when they are equal they are a snapshot.
    case proved
    /// One read, and counts before and after it.
    case counted
  }

  /// The server and who asks.
  package var connection: Connection
  /// The window on the start of instances.
  package var window: Window
  /// How many instances to ask for at a time.
  package var pageSize: Int
  /// How sure the population shall be.
  package var assurance: Assurance
  /// How many requests may be under way at the same time.
  package var concurrency: Int
  /// How long the fetch may take, in seconds.
  package var deadlineSeconds: Int64
  /// This machine's time, to compare with the server's clock; `nil` for a server that keeps a time of its own.
  package var hostTime: Instant?
  /// Whether the window may still be filling.
  package var allowsOpenWindow = false
  /// What an open instance's status is called in a filter.
  package var openStatuses = ["Running", "Suspended"]

  /// Makes a plan of what was decided.
  package init(
    connection: Connection, window: Window, pageSize: Int, assurance: Assurance, concurrency: Int,
    deadlineSeconds: Int64
  ) {
    self.connection = connection
    self.window = window
    self.pageSize = pageSize
    self.assurance = assurance
    self.concurrency = concurrency
    self.deadlineSeconds = deadlineSeconds
  }

  /// The window as the server is asked for it: widened by 26 hours on both sides, because the server's reading of a
  /// date's zone is not published; the exact cut is made on the rows.
  var askedWindow: Window { window.widened(byHours: 26) }
}
