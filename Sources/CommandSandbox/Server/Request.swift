internal import NIOHTTP1
internal import Synchronization

/// A request to the sandbox, as far as it looks at it.
struct Request {
  /// How many requests came before it, from 0.
  var number: UInt64
  /// What the server's clock said, in milliseconds since 1970.
  var now: Int64
  /// The machine's monotonic clock in nanoseconds: what tokens live by.
  var uptime: UInt64
  var method: HTTPMethod
  /// Path and query as sent.
  var target: String
  var headers: HTTPHeaders
  var body: [UInt8]

  /// The decoded path in lower case: the product's web server does not tell cases apart.
  var path: String { PercentText.decode(target.prefix { $0 != "?" }).lowercased() }

  /// The parameters of the query.
  var parameters: FormFields {
    FormFields(String(target.drop { $0 != "?" }.dropFirst()))
  }
}

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
