package import AuditFetch
import AuditModel

extension Network {
  /// In the place of the real one, whose libraries are not built for the thread sanitizer: it reaches nobody.
  package static let real = Network(transports: Nowhere(), clock: .real)
}

private struct Nowhere: TransportFactory {
  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    throw TransportError.unreachable(place: "\(connection.server)", reason: "there is no network")
  }
}
