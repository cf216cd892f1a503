package import AuditModel

/// The outside world of a fetch: how to reach a server, and what time it is meanwhile.
public struct Network: Sendable {
  /// Reaches servers, each for as long as a body runs.
  package var reach: any NetworkReach
  /// Waits and tells the time.
  package var patience: Patience

  /// The real one.
  public static let real = Network(reach: RealReach(), patience: .real)

  package init(reach: any NetworkReach, patience: Patience) {
    self.reach = reach
    self.patience = patience
  }
}

/// What connects to servers.
package protocol NetworkReach: Sendable {
  /// Runs a body with a transport to a connection's server, directly or through a proxy.
  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value
}

/// Connects with async-http-client.
package struct RealReach: NetworkReach {
  /// How long each part of an exchange may take; `nil` for what the connection says.
  private let limits: TransportLimits?

  package init(limits: TransportLimits? = nil) {
    self.limits = limits
  }

  package func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    try await HTTPClientTransport.with(connection, proxy: proxy, limits: limits) {
      try await body($0)
    }
  }
}
