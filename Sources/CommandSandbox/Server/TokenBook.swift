import Synchronization

/// The tokens that the sandbox has given out.
final class TokenBook: Sendable {
  /// By token, the uptime at which it expires, in nanoseconds.
  private let expiries: Mutex<[String: UInt64]> = Mutex([:])
  private let random: Mutex<SeededRandom>

  init(seed: UInt64) {
    random = Mutex(SeededRandom(seed: seed, stream: 0x544F_4B45))
  }

  /// How many tokens were given out.
  var count: Int { expiries.withLock { $0.count } }

  /// A token that is good for so long.
  func issue(lifetimeSeconds: Int, uptime: UInt64) -> String {
    let token = "sandbox-" + random.withLock { $0.guid() }
    expiries.withLock { $0[token] = uptime + UInt64(max(lifetimeSeconds, 0)) * 1_000_000_000 }
    return token
  }

  func isValid(_ token: String, uptime: UInt64) -> Bool {
    expiries.withLock { expiries in expiries[token].map { uptime < $0 } ?? false }
  }

  /// Makes every token given out so far invalid.
  func revokeAll() {
    expiries.withLock { $0 = $0.mapValues { _ in 0 } }
  }
}
