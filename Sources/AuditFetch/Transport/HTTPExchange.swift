package import AuditModel

/// A request as a value.
package struct HTTPRequestValue: Sendable, Equatable {
  /// The two methods there are: kfaudit never writes to a server, and tokens are asked for by POST.
  package enum Method: String, Sendable {
    /// For every read.
    case get = "GET"
    /// For tokens and time-stamps.
    case post = "POST"
  }

  /// `GET` or `POST`.
  package var method: Method
  /// The absolute address.
  package var url: String
  /// The header fields, in their order.
  package var headers: [RawPage.Header]
  /// The body; empty without one.
  package var body: [UInt8] = []
}

/// A response as a value, its body complete and its content coding undone.
package struct HTTPResponseValue: Sendable, Equatable {
  /// The status code.
  package var status: Int
  /// The header fields, in their order.
  package var headers: [RawPage.Header]
  /// The body; empty without one.
  package var body: [UInt8]

  /// Takes a response as it was read; the blanks around a header's value, which are no part of it (RFC 9110, 5.5), end
  /// here for every reader.
  package init(status: Int, headers: [RawPage.Header], body: [UInt8]) {
    self.status = status
    self.headers = headers.map { .init(name: $0.name, value: Self.trimmed($0.value.utf8)) }
    self.body = body
  }

  /// A text without blanks and tabs at its ends.
  private static func trimmed(_ text: some BidirectionalCollection<UInt8>) -> String {
    String(decoding: text.trimmedBlanks, as: UTF8.self)
  }

  /// The values of a header, whose name is given in lower case.
  func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

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
      Self.trimmed(value.utf8.prefix { $0 != UInt8(ascii: ";") }).lowercased()
    }
  }

  /// How many bytes the body is announced to have.
  package var contentLength: Int? { values("content-length").first.flatMap { Int($0) } }

  /// The content codings that the body has gone through, in lower case; `identity` is none.
  package var contentCodings: [String] {
    values("content-encoding")
      .flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
      .map { Self.trimmed($0).lowercased() }
      .filter { !$0.isEmpty && $0 != "identity" }
  }
}

/// What sends a request and returns the response.
package protocol HTTPTransport: Sendable {
  /// The certificate that the server last showed, in DER; `nil` without TLS.
  var peerCertificate: [UInt8]? { get }

  /// Sends a request and waits for the whole response.
  func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue
}

extension HTTPTransport {
  /// A transport without TLS has seen none.
  package var peerCertificate: [UInt8]? { nil }
}

/// Where a request goes, as a firewall or a proxy sees it: the scheme's own port is spelled out.
package struct HostAndPort: CustomStringConvertible {
  /// As in the URL, without brackets.
  package var host: String
  /// The scheme's own where the URL has none.
  package var port: Int

  /// Makes a place from its parts.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Takes host and port from a URL.
  package init(of url: String) throws(WebAddress.FormatError) {
    let address = try WebAddress(url)
    host = address.host
    port = address.effectivePort
  }

  /// As `host:port`, an address of IPv6 in brackets.
  package var description: String { host.holds(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// A single POST of some bytes to an address that asks for no credentials.
package struct UnauthenticatedPost: Sendable {
  private var connection: Connection
  private let url: WebAddress
  private let proxy: ProxyAddress?
  private let network: Network

  /// Makes a post to an address, over TLS where it says so.
  package init(
    url: WebAddress, trustedCertificates: [UInt8]?, proxy: ProxyAddress?, network: Network
  ) {
    self.url = url
    self.proxy = proxy
    self.network = network
    // The credentials are never asked for: a transport sends what it is given and nothing else.
    connection = Connection(
      server: ServerAddress(scheme: url.scheme, host: url.host, port: url.port, path: url.path),
      credentials: .bearer(Secret("")))
    connection.trustedCertificates = trustedCertificates
  }

  /// The body of the answer, whose status must be 200.
  ///
  /// - Throws: A `FetchError` when there is no such answer; it is not asked for twice.
  package func send(
    _ body: [UInt8], mediaType: String, accepting answerType: String
  ) async throws -> [UInt8] {
    let response = try await network.transports.with(connection, proxy: proxy) { transport in
      try await transport.send(
        HTTPRequestValue(
          method: .post, url: url.description,
          headers: [
            .init(name: "content-type", value: mediaType),
            .init(name: "accept", value: answerType),
          ],
          body: body))
    }
    let secrets = [proxy?.password].compactMap { $0 }
    guard response.status == 200 else {
      throw FetchError.status(
        response.status, place: WebAddress.redacted(url.description),
        reason: ForeignAnswer(response: response, trace: SecretTrace(of: secrets)).facts)
    }
    return response.body
  }
}

/// The outside world of a fetch: how to connect to a server, and what time it is meanwhile.
package struct Network: Sendable {
  /// Connects to servers, each for as long as a body runs.
  package var transports: any TransportFactory
  /// Waits and tells the time.
  package var clock: FetchClock

  /// Makes a network of a factory and a clock.
  package init(transports: any TransportFactory, clock: FetchClock) {
    self.transports = transports
    self.clock = clock
  }
}

/// What connects to servers.
package protocol TransportFactory: Sendable {
  /// Runs a body with a transport to a connection's server, directly or through a proxy.
  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value
}

/// How a fetch waits and tells the time: by the clock, or in no time at all in tests.
package struct FetchClock: Sendable {
  /// Waits this many milliseconds; throws when the run is cancelled.
  package var wait: @Sendable (Int64) async throws -> Void
  /// The monotonic clock, which deadlines and the lives of tokens are counted on.
  package var now: @Sendable () -> ContinuousClock.Instant
  /// Waits until an instant of that clock; throws when what it would end is over before.
  package var until: @Sendable (ContinuousClock.Instant) async throws -> Void

  /// Makes a clock of its functions.
  package init(
    wait: @escaping @Sendable (Int64) async throws -> Void,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
    until: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void = {
      try await ContinuousClock().sleep(until: $0)
    }
  ) {
    self.wait = wait
    self.now = now
    self.until = until
  }

  /// Waits by the clock.
  package static let real = FetchClock { milliseconds in
    try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
  }
}
