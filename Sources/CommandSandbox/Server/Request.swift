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

/// The fields of a query string or a form, by name without regard to case.
struct FormFields {
  private var values: [String: String] = [:]

  /// Splits `a=1&b=2`; of a field that comes twice, the first counts.
  init(_ text: String) {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentText.decode(parts[0], plusIsSpace: true).lowercased()
      let value = parts.count == 2 ? PercentText.decode(parts[1], plusIsSpace: true) : ""
      if values[name] == nil { values[name] = value }
    }
  }

  subscript(name: String) -> String? { values[name.lowercased()] }
}

/// Percent-encoded text.
enum PercentText {
  /// Decodes; what is not a valid escape stays as it is.
  static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = escape(rest.prefix(2)) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2, digits.first != UInt8(ascii: "+") else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
