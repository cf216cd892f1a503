import AuditModel

/// A request as a value.
struct HTTPRequestValue: Sendable, Equatable {
  /// The two methods there are: kfaudit never writes to a server, and tokens are asked for by POST.
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  var method: Method
  var url: String
  var headers: [RawPage.Header]
  var body: [UInt8] = []
}

/// A response as a value, its body complete and its content coding undone.
struct HTTPResponseValue: Sendable, Equatable {
  var status: Int
  var headers: [RawPage.Header]
  var body: [UInt8]

  /// The values of a header, whose name is given in lower case.
  func values(_ name: String) -> [String] {
    headers.filter { $0.name == name }.map(\.value)
  }

  /// Whether the status says that the same request may succeed later.
  var isPassing: Bool {
    switch status {
    case 408, 425, 429, 500, 502, 503, 504, 506...599: true
    default: false
    }
  }

  /// The value of Retry-After; two of them contradict each other and count for nothing.
  var retryAfter: String? {
    let values = values("retry-after")
    return values.count == 1 ? values.first : nil
  }

  /// The media type without parameters, in lower case.
  var mediaType: String? {
    values("content-type").first.map { value in
      String(value.prefix { $0 != ";" }).lowercased().filter { $0 != " " }
    }
  }
}

/// What sends a request and returns the response.
protocol HTTPTransport: Sendable {
  func send(_ request: HTTPRequestValue) async throws(TransportFailure) -> HTTPResponseValue
}
