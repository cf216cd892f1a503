import AuditFetch
import AuditModel
import AuditTransport
import CommandSandbox
import TestSupport
import Testing

/// Over real HTTP, against the stand-in server.
@Suite("Fetching from a server")
struct InstanceFetcherTests {
  struct ServerProfile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout SandboxOptions) -> Void
  }

  static let profiles: [ServerProfile] = [
    ServerProfile(testDescription: "version 11") { $0.profile = .v11 },
    ServerProfile(testDescription: "version 10, prefixed names only") { $0.profile = .v10 },
    ServerProfile(testDescription: "camel case") { $0.keyCase = .camel },
    ServerProfile(testDescription: "gzip") { $0.gzip = true },
    ServerProfile(testDescription: "pages clamped to 7") { $0.pageLimit = 7 },
    ServerProfile(testDescription: "OAuth") { $0.authentication = .oauth },
  ]

  private static func options() -> SandboxOptions {
    var options = SandboxOptions()
    options.instances = 60
    options.now = 1_793_600_000_000
    // However slow the machine is, it is done with a test before a token ends.
    options.tokenLifetimeSeconds = 86_400
    return options
  }

  private static func credentials(_ options: SandboxOptions, _ sandbox: Sandbox) -> Credentials {
    guard options.authentication == .oauth else {
      return .basic(user: options.userName, password: Secret(options.password))
    }
    return .clientCredentials(
      ClientCredentials(
        id: options.clientID, secret: Secret(options.clientSecret), tokenURL: sandbox.tokenURL,
        scopes: [], audience: nil))
  }

  private struct Fetched {
    var ids: [Int64]
    var outcome: FetchOutcome
    var requests: [String]
    var tokens: Int
  }

  private func fetch(
    _ options: SandboxOptions, afterPage: @escaping @Sendable (Sandbox) -> Void = { _ in }
  ) async throws -> Fetched {
    let sandbox = try await Sandbox.start(options)
    let server = ServerAddress(
      scheme: "http", host: "127.0.0.1", port: sandbox.port, path: "/KeyfactorAPI")
    let plan = FetchPlan(
      connection: Connection(
        server: server, credentials: Self.credentials(options, sandbox), timeoutSeconds: 3600),
      window: Window(
        from: Instant(milliseconds: options.from), to: Instant(milliseconds: options.to), zone: .utc
      ),
      pageSize: 20)
    let store = MemoryStore()
    let outcome: Result<FetchOutcome, any Error>
    do {
      outcome = .success(
        try await InstanceFetcher(plan: plan, toolVersion: "test", network: .real)
          .fetch(into: store) { _ in afterPage(sandbox) })
    } catch {
      outcome = .failure(error)
    }
    try await sandbox.stop()
    let found = try outcome.get()
    return Fetched(
      ids: try found.contents.flatMap { content in
        try PageScan.rows(of: store.body(of: content), page: "").map(\.referenceID)
      }, outcome: found, requests: sandbox.requests, tokens: sandbox.tokensGiven)
  }

  @Test("Every profile of the server gives the same rows, by nothing but GET", arguments: profiles)
  func sameRows(profile: ServerProfile) async throws {
    let plain = try await fetch(Self.options())
    var options = Self.options()
    profile.change(&options)
    let disguised = try await fetch(options)
    #expect(disguised.ids == plain.ids)
    #expect(plain.ids.count >= 60)
    #expect(plain.outcome.verdict == .proved)
    #expect(disguised.outcome.verdict == .proved)
    #expect(disguised.outcome.announcedTotal == plain.ids.count)
    #expect(disguised.outcome.facts.clamp?.returned == options.pageLimit)
    let writes = disguised.requests.filter { !$0.hasPrefix("GET ") }
    #expect(writes.count == disguised.tokens)
    #expect(writes.allSatisfy { $0.hasPrefix("POST ") && !$0.contains("/KeyfactorAPI/") })
  }

  @Test("Version 10 is asked with prefixed names, all others with bare ones")
  func parameterStyle() async throws {
    var options = Self.options()
    #expect(try await fetch(options).outcome.query?.contains("?QueryString=") == true)
    options.profile = .v10
    #expect(try await fetch(options).outcome.query?.contains("?pq.queryString=") == true)
  }

  @Test("F38, F43: tokens that stop working in the middle are renewed, once for each refusal")
  func revokedTokens() async throws {
    var options = Self.options()
    options.authentication = .oauth
    let plain = try await fetch(options)
    #expect(plain.tokens == 1)
    let revoked = try await fetch(options) { $0.revokeTokens() }
    #expect(revoked.ids == plain.ids)
    #expect(revoked.tokens == revoked.outcome.facts.refusedTokens + 1)
    #expect(revoked.tokens > 4)
  }

  @Test("A page more costs two requests, everything else at most fifteen", arguments: [0, 60, 500])
  func requests(instances: Int) async throws {
    var options = Self.options()
    options.instances = instances
    let fetched = try await fetch(options)
    let pages = (fetched.ids.count + 19) / 20
    #expect(fetched.requests.count <= 2 * pages + 15)
  }
}
