import Synchronization

/// How many readers have nothing to do, so that those who have much before them may leave half of it to one of them.
final class IdleReaders: Sendable {
  private let count = Mutex(0)

  /// Says how many there are.
  func set(_ count: Int) {
    self.count.withLock { $0 = count }
  }

  /// Whether one of them takes half of the rows ahead, which must be two pages at least: another reader costs a request.
  func takeHalf(of ahead: Int, pageSize: Int) -> Bool {
    guard ahead >= 2 * pageSize else { return false }
    return count.withLock { count in
      guard count > 0 else { return false }
      count -= 1
      return true
    }
  }
}
