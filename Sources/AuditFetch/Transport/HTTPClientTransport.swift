import AsyncHTTPClient
import AuditModel
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends requests with async-http-client: no redirect is followed, bodies are capped, TLS is always verified.
final class HTTPClientTransport: HTTPTransport {
  /// The most that a response's body may hold, in bytes, after its content coding is undone.
  static let largestBody = 32 << 20
  private static let connectTimeoutSeconds: Int64 = 10

  private let client: HTTPClient
  private let timeout: TimeAmount
  private let peer = PeerCertificate()

  /// The certificate that the server showed, in DER.
  var peerCertificate: [UInt8]? { peer.der }

  /// Makes a client with a connection's certificates; to be shut down with ``shutdown()``.
  init(connection: Connection, proxy: ProxyAddress?) throws(FetchError) {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try Self.tls(connection),
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(Self.connectTimeoutSeconds)),
      decompression: .enabled(limit: .size(Self.largestBody)))
    // Whether to try again is the retry policy's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let proxy {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map {
          .basic(username: $0, password: proxy.password?.reveal() ?? "")
        })
    }
    configuration.http1_1ConnectionDebugInitializer = peer.note
    configuration.http2ConnectionDebugInitializer = peer.note
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    timeout = .seconds(Int64(connection.timeoutSeconds))
  }

  /// Closes every connection.
  func shutdown() async throws {
    try await client.shutdown().get()
  }

  func send(_ request: HTTPRequestValue) async throws(TransportFailure) -> HTTPResponseValue {
    let place = Self.place(of: request.url)
    do {
      return try await exchange(request)
    } catch is NIOTooManyBytesError {
      throw .bodyTooLarge(place: place, limit: Self.largestBody)
    } catch {
      throw TransportFailure(error, at: place)
    }
  }

  private func exchange(_ request: HTTPRequestValue) async throws -> HTTPResponseValue {
    var message = HTTPClientRequest(url: request.url)
    message.method = HTTPMethod(rawValue: request.method.rawValue)
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    message.headers.add(name: "accept-encoding", value: "gzip, deflate")
    if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
    let response = try await client.execute(message, timeout: timeout)
    let body = try await response.body.collect(upTo: Self.largestBody)
    return HTTPResponseValue(
      status: Int(response.status.code),
      headers: response.headers.map { .init(name: $0.name.lowercased(), value: $0.value) },
      body: Array(buffer: body))
  }

  private static func tls(_ connection: Connection) throws(FetchError) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    do {
      if let trusted = connection.trustedCertificates {
        tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(trusted))]
      }
      if let chain = connection.clientCertificate, let key = connection.clientKey {
        tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(chain).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
        // A context checks that certificate and key belong together.
        _ = try NIOSSLContext(configuration: tls)
      }
    } catch {
      throw .unusableCertificates(String(describing: error))
    }
    return tls
  }

  /// The origin of a URL, for messages: no path, no query, no user.
  private static func place(of url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 2 ? String(parts[2]) : url
  }
}

extension TransportFailure {
  /// Says in words what the library reports.
  fileprivate init(_ error: any Error, at place: String) {
    let text = String(describing: error)
    switch error {
    case let error as HTTPClientError: self = Self.failure(error, at: place)
    case let error as NIOConnectionError:
      let cause = error.connectionErrors.first.map { String(describing: $0.error) }
      let resolving = (error.dnsAError ?? error.dnsAAAAError).map { lookup in
        "the name cannot be resolved: \(lookup)"
      }
      self = .unreachable(place: place, reason: cause ?? resolving ?? text)
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      self =
        text.contains("CERTIFICATE_REQUIRED")
        ? .clientCertificateRequired(place: place)
        : .tls(place: place, reason: Self.tlsReason(text))
    case let error as HTTPParserError: self = .brokenHTTP(place: place, reason: "\(error)")
    case NIOHTTPDecompression.DecompressionError.limit:
      self = .bodyTooLarge(place: place, limit: HTTPClientTransport.largestBody)
    case is NIOHTTPDecompression.DecompressionError,
      is NIOHTTPDecompression.ExtraDecompressionError:
      self = .brokenHTTP(place: place, reason: "the body's content coding is broken (\(text))")
    default: self = .unreachable(place: place, reason: text)
    }
  }

  private static func failure(_ error: HTTPClientError, at place: String) -> TransportFailure {
    switch error {
    case .connectTimeout: .timedOut(place: place, what: "connect timeout 10 s")
    case .deadlineExceeded: .timedOut(place: place, what: "the request took too long")
    case .readTimeout: .timedOut(place: place, what: "no data for too long")
    case .tlsHandshakeTimeout: .timedOut(place: place, what: "TLS handshake")
    case .httpProxyHandshakeTimeout: .timedOut(place: place, what: "proxy handshake")
    case .proxyAuthenticationRequired: .proxyRefused(place: place)
    case .invalidProxyResponse: .unreachable(place: place, reason: "the proxy refuses to connect")
    case .remoteConnectionClosed, .uncleanShutdown:
      .unreachable(place: place, reason: "the connection was closed: the answer is truncated")
    default: .brokenHTTP(place: place, reason: error.description)
    }
  }

  private static func tlsReason(_ text: String) -> String {
    let reasons = [
      ("certificate has expired", "the server's certificate has expired"),
      ("CERTIFICATE_VERIFY_FAILED", "the server's certificate is not trusted"),
      ("failedToValidateHostname", "the server's certificate is for another host"),
      ("UNSUPPORTED_PROTOCOL", "the server does not speak TLS 1.2 or later"),
      ("PROTOCOL_VERSION", "the server does not speak TLS 1.2 or later"),
      ("WRONG_VERSION_NUMBER", "the server does not speak TLS on this port"),
    ]
    let known = reasons.first { text.contains($0.0) }?.1
    return known ?? text
  }
}
