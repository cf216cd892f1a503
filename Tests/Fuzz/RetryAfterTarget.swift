import AuditModel

@testable import AuditFetch

/// Retry-After: whatever a server writes, the wait is not negative and under its ceiling, or the run gives up.
enum RetryAfterTarget {
  /// The longest wait that is obeyed, and the longest jitter on top.
  private static let ceiling: Int64 = 120_000 + 30_000

  static func run(_ bytes: [UInt8]) throws {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let value = parts.first else { return }
    let date = HTTPDate.instant(parts.last ?? "")
    if let wait = RetryAfter.milliseconds(value, date: date) {
      try BrokenPromise.unless(wait >= 0, "\(wait) ms")
    }
    var policy = RetryPolicy()
    policy.begin()
    var random = SystemRandomNumberGenerator()
    let busy = FetchError.busy(429, place: "here", retryAfter: value)
    for attempt in 1...5 {
      let decision = policy.decide(
        on: .init(busy), attempt: attempt, date: date, random: &random)
      guard case .again(let wait) = decision else { return }
      try BrokenPromise.unless(0...ceiling ~= wait, "\(wait) ms")
    }
  }
}
