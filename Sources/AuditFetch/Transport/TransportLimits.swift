/// How long each part of an exchange may take.
package struct TransportLimits: Sendable, Equatable {
  /// Until the connection stands, its handshake included.
  package var connectMilliseconds: Int64 = 10_000
  /// From the request to the answer's head.
  package var firstByteMilliseconds: Int64 = 60_000
  /// Between two pieces of a body.
  package var idleMilliseconds: Int64 = 30_000
  /// The whole exchange.
  package var requestMilliseconds: Int64 = 120_000

  /// The limits where nobody says anything.
  package init() {}

  /// The limits of a user who says how long a request may take, in seconds; `nil` for the usual ones.
  init(timeoutSeconds: Int?) {
    guard let timeoutSeconds else { return }
    let milliseconds = Int64(timeoutSeconds) * 1000
    firstByteMilliseconds = milliseconds
    idleMilliseconds = min(idleMilliseconds, milliseconds)
    requestMilliseconds = milliseconds
  }
}
