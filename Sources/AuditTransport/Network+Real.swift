package import AuditFetch
package import AuditModel

extension Network {
  /// The real one: HTTP over TCP and TLS, by the machine's clock.
  package static let real = Network(transports: HTTPTransportFactory(), clock: .real)
}

/// Connects with async-http-client.
package struct HTTPTransportFactory: TransportFactory {
  /// How long each part of an exchange may take; `nil` for what the connection says.
  private let limits: TransportLimits?

  /// Makes a factory; `nil` for the limits of a run.
  package init(limits: TransportLimits? = nil) {
    self.limits = limits
  }

  /// Opens connections for the length of a closure.
  package func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    try await HTTPClientTransport.with(connection, proxy: proxy, limits: limits) {
      try await body($0)
    }
  }
}
