private import AuditModel
import Synchronization

/// How long each part of an exchange may take.
package struct TransportLimits: Sendable, Equatable {
  /// Until the connection is made, its handshake included.
  package var connectMilliseconds: Int64 = 10_000
  /// From the request to the answer's head.
  package var firstByteMilliseconds: Int64 = 60_000
  /// Between two pieces of a body.
  package var idleMilliseconds: Int64 = 30_000
  /// The whole exchange.
  package var requestMilliseconds = Int64(Connection.standardTimeoutSeconds) * 1000

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

/// Watches an exchange: which limit it will have broken, and when, unless something comes before.
final class ExchangeWatch: Sendable {
  private struct State {
    var deadline: ContinuousClock.Instant
    var limit: String
  }

  private let limits: TransportLimits
  private let end: ContinuousClock.Instant
  private let state: Mutex<State>

  /// Starts to watch: the answer's head must come in time.
  init(_ limits: TransportLimits) {
    self.limits = limits
    let now = ContinuousClock().now
    end = now.advanced(by: .milliseconds(limits.requestMilliseconds))
    state = Mutex(
      State(
        deadline: now.advanced(by: .milliseconds(limits.firstByteMilliseconds)),
        limit: "first byte \(Self.text(limits.firstByteMilliseconds))"))
  }

  /// Something came; the next piece must come in time.
  func progress() {
    let deadline = ContinuousClock().now.advanced(by: .milliseconds(limits.idleMilliseconds))
    state.withLock { state in
      state = State(deadline: deadline, limit: "idle \(Self.text(limits.idleMilliseconds))")
    }
  }

  /// Waits until a limit is broken, and says which.
  func expiry() async throws -> String {
    while true {
      let (deadline, limit) = next
      try await ContinuousClock().sleep(until: deadline)
      if next.deadline == deadline { return limit }
    }
  }

  /// The limit that would be broken next.
  private var next: (deadline: ContinuousClock.Instant, limit: String) {
    let (deadline, limit) = state.withLock { ($0.deadline, $0.limit) }
    return end < deadline
      ? (end, "request \(Self.text(limits.requestMilliseconds))") : (deadline, limit)
  }

  /// A time for a message.
  static func text(_ milliseconds: Int64) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}

/// Why an exchange was ended from this side.
enum ExchangeError: Error, Equatable {
  /// A limit was broken, in words.
  case tookTooLong(String)
  case headTooLarge
  case bodyTooLarge
  case truncated(received: Int, of: Int)
}
