import Synchronization

/// The requests that came, in their order.
final class RequestLog: Sendable {
  private let entries: Mutex<[String]> = Mutex([])

  var lines: [String] { entries.withLock { $0 } }

  /// Notes a request, and says how many came before it.
  func add(_ line: String) -> UInt64 {
    entries.withLock { entries in
      entries.append(line)
      return UInt64(entries.count - 1)
    }
  }
}
