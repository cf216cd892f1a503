import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Synchronization

/// A running stand-in for Keyfactor Command on loopback.
public final class Sandbox: Sendable {
  private let channel: any Channel
  private let isSecure: Bool
  private let log: RequestLog
  private let endpoint: InstanceEndpoint

  /// The port it listens on.
  public let port: Int

  private init(
    channel: any Channel, endpoint: InstanceEndpoint, log: RequestLog, isSecure: Bool
  ) {
    self.channel = channel
    self.endpoint = endpoint
    self.log = log
    self.isSecure = isSecure
    port = channel.localAddress?.port ?? 0
  }

  /// Draws the population and listens.
  public static func start(_ options: SandboxOptions) async throws -> Sandbox {
    let endpoint = InstanceEndpoint(
      options: options, rows: SandboxPopulation(options).rows, tokens: TokenBook())
    let log = RequestLog()
    let tls = try tls(options)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.configureHTTPServerPipeline()
          if options.gzip { try pipeline.addHandler(HTTPResponseCompressor()) }
          try pipeline.addHandler(ExchangeHandler(endpoint: endpoint, log: log))
        }
      }
      .bind(host: "127.0.0.1", port: options.port).get()
    return Sandbox(channel: channel, endpoint: endpoint, log: log, isSecure: tls != nil)
  }

  private static func tls(_ options: SandboxOptions) throws -> NIOSSLContext? {
    guard let certificate = options.certificatePEM, let key = options.keyPEM else { return nil }
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) },
        privateKey: .privateKey(NIOSSLPrivateKey(bytes: key, format: .pem))))
  }

  private var origin: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }

  /// The address of its API.
  public var baseURL: String { origin + "/KeyfactorAPI" }

  /// The address of its token endpoint.
  public var tokenURL: String { origin + "/oauth2/token" }

  /// The requests so far, `METHOD target`.
  public var requests: [String] { log.lines }

  /// How many tokens it has given out.
  public var tokensGiven: Int { endpoint.tokens.count }

  /// Makes every token given out so far invalid.
  public func revokeTokens() {
    endpoint.tokens.revokeAll()
  }

  /// Stops listening.
  public func stop() async throws {
    try await channel.close()
  }
}

/// The requests that came, in their order.
final class RequestLog: Sendable {
  private let entries: Mutex<[String]> = Mutex([])

  var lines: [String] { entries.withLock { $0 } }

  func add(_ line: String) {
    entries.withLock { $0.append(line) }
  }
}

/// Puts a request together, has it answered and writes the answer.
private final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let endpoint: InstanceEndpoint
  private let log: RequestLog
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(endpoint: InstanceEndpoint, log: RequestLog) {
    self.endpoint = endpoint
    self.log = log
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(var part): body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      answer(head, context)
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    log.add("\(head.method) \(head.uri)")
    let now = endpoint.options.now ?? Int64(Date().timeIntervalSince1970 * 1000)
    let answer = endpoint.answer(
      Request(
        method: head.method.rawValue, target: head.uri,
        headers: Dictionary(
          head.headers.map { ($0.name.lowercased(), $0.value) },
          uniquingKeysWith: { first, _ in first }),
        body: String(buffer: body)), now: now)
    var headers = HTTPHeaders(answer.headers)
    headers.add(name: "Date", value: Self.httpDate(now))
    headers.add(name: "X-Keyfactor-Correlation-Id", value: "\(log.lines.count)")
    headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.count))
    let response = HTTPResponseHead(
      version: head.version, status: HTTPResponseStatus(statusCode: answer.status), headers: headers
    )
    let bytes = ByteBuffer(bytes: answer.body)
    let writer = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .milliseconds(Int64(endpoint.options.latencyMilliseconds))) {
      let (handler, context) = writer.value
      context.write(handler.wrapOutboundOut(.head(response)), promise: nil)
      context.write(handler.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
      context.writeAndFlush(handler.wrapOutboundOut(.end(nil)), promise: nil)
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func httpDate(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let parts = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
      .split { "-T".contains($0) }
    let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
    let weekday = weekdays[Int(seconds / 86_400 % 7)]
    return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3].prefix(8)) GMT"
  }
}
