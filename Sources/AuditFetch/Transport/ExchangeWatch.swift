import Synchronization

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
        limit: "first byte \(Self.words(limits.firstByteMilliseconds))"))
  }

  /// Something came; the next piece must come in time.
  func progress() {
    let deadline = ContinuousClock().now.advanced(by: .milliseconds(limits.idleMilliseconds))
    state.withLock { state in
      state = State(deadline: deadline, limit: "idle \(Self.words(limits.idleMilliseconds))")
    }
  }

  /// Waits until a limit is broken, and says which.
  func expiry() async throws -> String {
    while true {
      let (deadline, limit) = state.withLock { ($0.deadline, $0.limit) }
      if end < deadline {
        try await ContinuousClock().sleep(until: end)
        return "request \(Self.words(limits.requestMilliseconds))"
      }
      if deadline <= ContinuousClock().now { return limit }
      try await ContinuousClock().sleep(until: deadline)
    }
  }

  /// A time for a message.
  static func words(_ milliseconds: Int64) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
