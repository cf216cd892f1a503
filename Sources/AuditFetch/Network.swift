package import AuditModel

/// The outside world of a fetch: how to connect to a server, and what time it is meanwhile.
package struct Network: Sendable {
  /// Connects to servers, each for as long as a body runs.
  package var transports: any TransportFactory
  /// Waits and tells the time.
  package var clock: FetchClock

  /// Makes a network of a factory and a clock.
  package init(transports: any TransportFactory, clock: FetchClock) {
    self.transports = transports
    self.clock = clock
  }
}

/// What connects to servers.
package protocol TransportFactory: Sendable {
  /// Runs a body with a transport to a connection's server, directly or through a proxy.
  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value
}

/// How a fetch waits and tells the time: by the clock, or in no time at all in tests.
package struct FetchClock: Sendable {
  /// Waits this many milliseconds; throws when the run is cancelled.
  package var wait: @Sendable (Int64) async throws -> Void
  /// The monotonic clock, which deadlines and the lives of tokens are counted on.
  package var now: @Sendable () -> ContinuousClock.Instant
  /// Waits until an instant of that clock; throws when what it would end is over before.
  package var until: @Sendable (ContinuousClock.Instant) async throws -> Void

  /// Makes a clock of its functions.
  package init(
    wait: @escaping @Sendable (Int64) async throws -> Void,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
    until: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void = {
      try await ContinuousClock().sleep(until: $0)
    }
  ) {
    self.wait = wait
    self.now = now
    self.until = until
  }

  /// Waits by the clock.
  package static let real = FetchClock { milliseconds in
    try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
  }
}
