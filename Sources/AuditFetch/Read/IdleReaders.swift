import Synchronization

/// How many readers have nothing to do, so that those who have much before them may leave it to be shared.
final class IdleReaders: Sendable {
  private struct State {
    var idle = 0
    /// How many of them are about to get something.
    var claimed = 0
  }

  private let state = Mutex(State())

  /// Says how many there are.
  func set(_ count: Int) {
    state.withLock { $0.idle = count }
  }

  /// Whether to leave the rows ahead, two pages at least since another reader costs a request, to oneself and one of them.
  func claim(ahead: Int, pageSize: Int) -> Bool {
    guard ahead >= 2 * pageSize else { return false }
    return state.withLock { state in
      guard state.claimed < state.idle else { return false }
      state.claimed += 1
      return true
    }
  }

  /// Says that what was left is about to be read.
  func release() {
    state.withLock { $0.claimed -= 1 }
  }
}
