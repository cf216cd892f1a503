import AuditFetch
import AuditModel

/// A network on which every address is a time-stamping authority.
struct TimestampTransportFactory: TransportFactory {
  /// The authority's answer to a request.
  var answer: @Sendable ([UInt8]) async throws(TransportError) -> [UInt8]

  private struct Transport: HTTPTransport {
    var answer: @Sendable ([UInt8]) async throws(TransportError) -> [UInt8]

    func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue {
      HTTPResponseValue(
        status: request.headers.contains { $0.value == "application/timestamp-query" } ? 200 : 400,
        headers: [], body: try await answer(request.body))
    }
  }

  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    try await body(Transport(answer: answer))
  }
}
