package import AuditModel

/// What connects to servers.
package protocol NetworkReach: Sendable {
  /// Runs a body with a transport to a connection's server, directly or through a proxy.
  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value
}
