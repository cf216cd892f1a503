/// How a read waits: by the clock, or in no time at all in tests.
struct Patience: Sendable {
  /// Waits this many milliseconds; throws when the run is cancelled.
  var wait: @Sendable (Int64) async throws -> Void

  /// Waits by the clock.
  static let real = Patience { milliseconds in
    try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
  }
}
