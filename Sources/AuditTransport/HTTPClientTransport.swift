import AsyncHTTPClient
package import AuditFetch
package import AuditModel
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL
import SafeGzip

/// Sends requests with async-http-client: no redirect is followed, bodies are capped, TLS is always verified.
final class HTTPClientTransport: HTTPTransport {
  /// The most that a response's body may hold, in bytes, after its content coding is undone.
  static let largestBody = 32 << 20
  /// As many connections as requests may be under way.
  private static let connections = 16
  /// The most that a response's headers may hold, in bytes.
  private static let largestHead = 64 << 10

  fileprivate let client: HTTPClient
  private let proxy: ProxyAddress?
  private let limits: TransportLimits
  private let trusts: Bool
  private let peer = PeerCertificate()

  /// The certificate that the server showed, in DER.
  var peerCertificate: [UInt8]? { peer.der }

  fileprivate init(
    connection: Connection, proxy: ProxyAddress?, limits: TransportLimits,
    authorities: SystemAuthorities
  ) throws(FetchError) {
    let tls = try ClientTLS.configuration(connection, authorities: authorities)
    trusts = tls.trustsSomebody
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: .disallow,
      timeout: .init(connect: .milliseconds(limits.connectMilliseconds)))
    // Whether to try again is the retry policy's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connections
    if let proxy {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map {
          .basic(username: $0, password: proxy.password?.reveal() ?? "")
        })
    }
    // HTTP/2 knows no second handshake, and a server that asks for the certificate late sends to 1.1.
    if connection.clientCertificate != nil { configuration.httpVersion = .http1Only }
    configuration.http1_1ConnectionDebugInitializer = peer.note
    configuration.http2ConnectionDebugInitializer = peer.note
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.proxy = proxy
    self.limits = limits
  }

  func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue {
    guard trusts || !request.url.lowercased().utf8.starts(with: "https:".utf8) else {
      throw .noAuthorities(place: WebAddress.redacted(request.url))
    }
    do {
      return try await inTime(request)
    } catch {
      throw await failure(error, of: request.url)
    }
  }

  /// Ends an exchange that breaks a limit: the client's own deadline ends with the head, so that a server which stops in
  /// the middle of a body would hold the run for ever.
  private func inTime(_ request: HTTPRequestValue) async throws -> HTTPResponseValue {
    let watch = ExchangeWatch(limits)
    return try await withThrowingTaskGroup(of: HTTPResponseValue.self) { group in
      group.addTask { try await self.exchange(request, watch) }
      group.addTask { throw ExchangeError.tookTooLong(try await watch.expiry()) }
      defer { group.cancelAll() }
      guard let response = try await group.next() else { throw CancellationError() }
      return response
    }
  }

  private func exchange(
    _ request: HTTPRequestValue, _ watch: ExchangeWatch
  ) async throws -> HTTPResponseValue {
    var message = HTTPClientRequest(url: request.url)
    message.method = HTTPMethod(rawValue: request.method.rawValue)
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    // Not deflate, of which some servers send one form and some the other.
    message.headers.add(name: "accept-encoding", value: "gzip")
    if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
    let response = try await client.execute(message, deadline: .distantFuture)
    watch.progress()
    let size = response.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard size <= Self.largestHead else { throw ExchangeError.headTooLarge }
    var value = HTTPResponseValue(
      status: Int(response.status.code),
      headers: response.headers.map { .init(name: $0.name.lowercased(), value: $0.value) }, body: []
    )
    value.body = try await body(of: response, of: value.contentLength, watch)
    try value.undoContentCoding(limit: Self.largestBody)
    return value
  }

  /// The body as it was sent, piece by piece.
  private func body(
    of response: HTTPClientResponse, of length: Int?, _ watch: ExchangeWatch
  ) async throws -> [UInt8] {
    var body: [UInt8] = []
    do {
      for try await piece in response.body {
        watch.progress()
        guard body.count + piece.readableBytes <= Self.largestBody else {
          throw ExchangeError.bodyTooLarge
        }
        body += piece.readableBytesView
      }
    } catch {
      guard LibraryError.isEnd(error), let length else { throw error }
      throw ExchangeError.truncated(received: body.count, of: length)
    }
    return body
  }

  private func failure(_ error: any Error, of url: String) async -> TransportError {
    let place: HostAndPort
    do {
      place = try HostAndPort(of: url)
    } catch {
      return .unreachable(place: WebAddress.redacted(url), reason: "it is not an address")
    }
    // Nobody waits for the answer any longer, so that nobody waits for a resolver's or another handshake's either.
    if Task.isCancelled {
      return .unreachable(place: place.description, reason: "the request was given up")
    }
    let failure = LibraryError(
      error: error, place: place.description, proxy: proxy, limits: limits
    ).failure
    // Through a proxy nothing is inspected: it would have to be asked to connect again.
    guard case .tls(_, .untrusted) = failure, proxy == nil else { return failure }
    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let inspection = CertificateInspection(host: place.host, port: place.port, now: now)
    return await inspection.brokenDate().map { .tls(place: place.description, check: $0) }
      ?? failure
  }
}

extension HTTPResponseValue {
  /// Undoes gzip, also of several members and under its old name; what the server did beside it is for the reader of the
  /// headers to refuse.
  mutating func undoContentCoding(limit: Int) throws {
    guard ["gzip", "x-gzip"].contains(contentCodings.first), contentCodings.count == 1,
      !body.isEmpty
    else { return }
    var decompressor = try GzipDecompressor()
    body = try decompressor.decompress(body, limit: limit)
  }
}

extension Network {
  /// The real one: HTTP over TCP and TLS, by the machine's clock.
  package static let real = Network(transports: HTTPTransportFactory(), clock: .real)
}

/// Connects with async-http-client.
package struct HTTPTransportFactory: TransportFactory {
  /// How long each part of an exchange may take; `nil` for what the connection says.
  private let limits: TransportLimits?
  /// Whom the machine trusts.
  var authorities = SystemAuthorities()

  /// Makes a factory; `nil` for the limits of a run.
  package init(limits: TransportLimits? = nil) {
    self.limits = limits
  }

  /// Opens connections for the length of a closure; a client that is not shut down stops the program.
  package func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    let transport = try HTTPClientTransport(
      connection: connection, proxy: proxy,
      limits: limits ?? TransportLimits(timeoutSeconds: connection.timeoutSeconds),
      authorities: authorities)
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(transport))
    } catch {
      result = .failure(error)
    }
    let closed: EventLoopFuture<Void> = transport.client.shutdown()
    // Whoever failed does not wait for a handshake that hangs; the client keeps itself until it is shut down.
    if case .success = result { try await closed.get() }
    return try result.get()
  }
}
