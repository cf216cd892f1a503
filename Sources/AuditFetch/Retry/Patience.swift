/// How a read waits and tells the time: by the clock, or in no time at all in tests.
package struct Patience: Sendable {
  /// Waits this many milliseconds; throws when the run is cancelled.
  package var wait: @Sendable (Int64) async throws -> Void
  /// The monotonic clock, which deadlines and the lives of tokens are counted on.
  package var now: @Sendable () -> ContinuousClock.Instant

  package init(
    wait: @escaping @Sendable (Int64) async throws -> Void,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
  ) {
    self.wait = wait
    self.now = now
  }

  /// Waits by the clock.
  static let real = Patience { milliseconds in
    try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
  }
}
