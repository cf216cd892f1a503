/// How a read waits and tells the time: by the clock, or in no time at all in tests.
package struct Patience: Sendable {
  /// Waits this many milliseconds; throws when the run is cancelled.
  package var wait: @Sendable (Int64) async throws -> Void
  /// The monotonic clock, which deadlines and the lives of tokens are counted on.
  package var now: @Sendable () -> ContinuousClock.Instant
  /// Waits until an instant of that clock; throws when what it would end is over before.
  package var until: @Sendable (ContinuousClock.Instant) async throws -> Void

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
  static let real = Patience { milliseconds in
    try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
  }
}
