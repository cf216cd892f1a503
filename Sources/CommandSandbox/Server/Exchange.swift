/// A request to the sandbox, as far as it looks at it.
struct Request {
  var method: String
  /// Path and query as sent.
  var target: String
  /// Header names in lower case.
  var headers: [String: String]
  var body: String

  /// The path in lower case: the product runs on a server that does not tell cases apart.
  var path: String { target.prefix { $0 != "?" }.lowercased() }

  /// The parameters of the query, names in lower case.
  var parameters: [String: String] {
    Self.fields(String(target.drop { $0 != "?" }.dropFirst()))
  }

  /// The fields of a form or a query, names in lower case.
  static func fields(_ text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[decoded(parts[0]).lowercased()] = parts.count == 2 ? decoded(parts[1]) : ""
    }
    return fields
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An answer of the sandbox.
struct Answer {
  var status: Int
  var headers: [(String, String)] = []
  var body: [UInt8] = []
}
