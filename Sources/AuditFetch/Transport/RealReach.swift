package import AuditModel

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
