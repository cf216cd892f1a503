internal import FoundationEssentials
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
import Synchronization

/// A running stand-in for Keyfactor Command on loopback: `GET {path}/Workflow/Instances`,
/// `GET {path}/Workflow/Definitions/{id}`, `GET {path}/Audit` and a token endpoint, over real HTTP, on rows drawn from a
/// seed.
package final class Sandbox: Sendable {
  private let channel: any Channel
  private let connections: OpenConnections
  private let log: RequestLog
  private let tokens: TokenBook
  private let origin: String

  /// The port it listens on.
  package let port: Int
  /// Who decided on its instances, which it does not say.
  package let decisions: SandboxDecisions

  private init(
    _ channel: any Channel, _ connections: OpenConnections, _ log: RequestLog, _ tokens: TokenBook,
    _ decisions: SandboxDecisions, scheme: String
  ) {
    self.decisions = decisions
    self.channel = channel
    self.connections = connections
    self.log = log
    self.tokens = tokens
    port = channel.localAddress?.port ?? 0
    origin = "\(scheme)://127.0.0.1:\(port)"
  }

  /// Draws the population and listens until `stop()`.
  ///
  /// - Throws: `SandboxError` when the options make no server, or the port is not to be had.
  package static func start(_ options: SandboxOptions) async throws -> Sandbox {
    try options.check()
    let security = try options.tlsContext()
    let tokens = TokenBook(seed: options.seed)
    let (rows, decisions) = Self.population(options)
    let router = Router(options, rows: rows, decisions: decisions, tokens: tokens)
    let log = RequestLog()
    let connections = OpenConnections()
    let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          connections.add(channel)
          let pipeline = channel.pipeline.syncOperations
          if let security { try pipeline.addHandler(NIOSSLServerHandler(context: security)) }
          try pipeline.configureHTTPServerPipeline()
          if options.gzip {
            try pipeline.addHandlers(GzipPreference(), HTTPResponseCompressor())
          }
          try pipeline.addHandler(ExchangeHandler(router, log: log, options: options))
        }
      }
    do {
      let channel = try await bootstrap.bind(host: "127.0.0.1", port: options.port).get()
      return Sandbox(
        channel, connections, log, tokens, decisions, scheme: security == nil ? "http" : "https")
    } catch {
      throw SandboxError.unusablePort(options.port, reason: Self.words(for: error))
    }
  }

  private static func words(for error: any Error) -> String {
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: "another program uses it"
    case EACCES: "permission denied"
    default: "\(error)"
    }
  }

  /// The population, of which nothing is later than the server's clock.
  private static func population(
    _ options: SandboxOptions
  ) -> (rows: [SandboxRow], decisions: SandboxDecisions) {
    var options = options
    let machine = Int64(Date().timeIntervalSince1970 * 1000)
    if options.now == nil, machine < SandboxPopulation.end(options) { options.now = machine }
    let rows = SandboxPopulation(options).rows
    return (rows, SandboxDecisions(rows, options, end: SandboxPopulation.end(options)))
  }

  /// The address of its API, `http(s)://127.0.0.1:PORT/KeyfactorAPI`.
  package var baseURL: String { origin + "/KeyfactorAPI" }

  /// The address of its token endpoint.
  package var tokenURL: String { origin + TokenEndpoint.path }

  /// The requests so far, `METHOD target`, those for tokens included.
  package var requests: [String] { log.lines }

  /// How many tokens it has given out.
  package var tokensGiven: Int { tokens.count }

  /// What the definitions of a seed hold that no client may keep.
  package static func secrets(seed: UInt64) -> [String] { DefinitionEncoder.secrets(seed: seed) }

  /// Makes every token given out so far invalid, as time would.
  package func revokeTokens() {
    tokens.revokeAll()
  }

  /// Stops listening and closes every connection.
  package func stop() async throws {
    try await channel.close()
    await connections.close()
  }
}

/// The connections that clients hold open, so that stopping closes them too.
final class OpenConnections: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
  }

  private let state = Mutex(State())

  /// Keeps a connection until it ends; closes it at once when the server is stopping.
  func add(_ channel: any Channel) {
    let isClosing = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return state.isClosing
    }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
    }
    if isClosing { channel.close(promise: nil) }
  }

  /// Closes all connections, and waits until they are.
  func close() async {
    let channels = state.withLock { state in
      state.isClosing = true
      return Array(state.channels.values)
    }
    for channel in channels {
      channel.close(promise: nil)
      await withCheckedContinuation { continuation in
        // However a connection ends, it has ended.
        channel.closeFuture.whenComplete { _ in continuation.resume() }
      }
    }
  }
}
