import CommandSandbox
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Speaks HTTP to a sandbox: one connection a request.
struct TestClient {
  let port: Int
  /// The certificate to trust, in PEM; with it the client speaks TLS.
  var trusted: [UInt8]?
  var headers: HTTPHeaders

  /// A client with the credentials of the default options.
  init(_ sandbox: Sandbox) {
    port = sandbox.port
    headers = [
      "x-keyfactor-requested-with": "APIClient",
      "Authorization": Self.basic("KEYEXAMPLE\\auditor", "sandbox"),
    ]
  }

  static func basic(_ user: String, _ password: String) -> String {
    "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
  }

  /// Asks for instances.
  func instances(_ parameters: [(String, String)] = []) async throws -> TestResponse {
    try await send(.GET, "/KeyfactorAPI/Workflow/Instances" + Self.query(parameters))
  }

  /// Sends a request and reads the answer, decompressed.
  func send(
    _ method: HTTPMethod, _ target: String, body: String = ""
  ) async throws -> TestResponse {
    var head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)
    head.headers.add(name: "Host", value: "127.0.0.1:\(port)")
    head.headers.add(name: "Connection", value: "close")
    head.headers.add(name: "Content-Length", value: String(body.utf8.count))
    let channel = try await connect()
    return try await Self.exchange(channel, head, body)
  }

  /// Opens a connection, and sends nothing.
  func connect() async throws -> any Channel {
    let security = try trusted.map { pem in
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(pem))
      return try NIOSSLContext(configuration: configuration)
    }
    return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let security {
            try pipeline.addHandler(NIOSSLClientHandler(context: security, serverHostname: nil))
          }
          try pipeline.addHTTPClientHandlers()
          try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .none))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  private static func exchange(
    _ channel: any Channel, _ head: HTTPRequestHead, _ body: String
  ) async throws -> TestResponse {
    let answer = channel.eventLoop.makePromise(of: TestResponse.self)
    try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHandler(AnswerCollector(answer))
      let pipeline = channel.pipeline.syncOperations
      pipeline.write(NIOAny(HTTPClientRequestPart.head(head)), promise: nil)
      pipeline.write(
        NIOAny(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
      pipeline.writeAndFlush(NIOAny(HTTPClientRequestPart.end(nil)), promise: nil)
    }.get()
    return try await answer.futureResult.get()
  }

  private static func query(_ parameters: [(String, String)]) -> String {
    let unreserved = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    let pairs = parameters.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
    }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }
}

/// Collects an answer until its end.
private final class AnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let answer: EventLoopPromise<TestResponse>
  private var response = TestResponse()
  private var isDone = false

  init(_ answer: EventLoopPromise<TestResponse>) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      response.status = head.status
      response.headers = head.headers
    case .body(let part): response.body += part.readableBytesView
    case .end:
      isDone = true
      answer.succeed(response)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(error, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(ChannelError.eof, context)
  }

  private func finish(_ error: any Error, _ context: ChannelHandlerContext) {
    if !isDone { answer.fail(error) }
    isDone = true
    context.close(promise: nil)
  }
}

/// An answer as the test client received it.
struct TestResponse: Sendable {
  var status = HTTPResponseStatus.ok
  var headers = HTTPHeaders()
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  var total: Int? { headers.first(name: "X-Total-Count").flatMap { Int($0) } }

  /// The rows of a page.
  func rows() throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]] ?? []
  }

  /// The reference ids of a page.
  func referenceIDs() throws -> [Int64] {
    try rows().compactMap { ($0["ReferenceId"] ?? $0["referenceId"]) as? Int64 }
  }

  /// The fields of an object of texts.
  func fields() throws -> [String: String] {
    let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    return object.mapValues { "\($0)" }
  }
}

/// Runs a test against a sandbox of its own, and stops it.
func withSandbox<Result>(
  _ change: (inout SandboxOptions) -> Void = { _ in },
  _ test: (Sandbox, TestClient) async throws -> Result
) async throws -> Result {
  var options = SandboxOptions()
  options.instances = 300
  options.now = options.to + 20 * 86_400_000
  change(&options)
  let sandbox = try await Sandbox.start(options)
  do {
    let result = try await test(sandbox, TestClient(sandbox))
    try await sandbox.stop()
    return result
  } catch {
    try await sandbox.stop()
    throw error
  }
}
