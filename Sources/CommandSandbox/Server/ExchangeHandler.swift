internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1

/// Puts a request together, has it answered and writes the answer.
final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// More of a body is read and dropped: nothing the sandbox understands is longer.
  private static let longestBody = 65_536

  private let router: Router
  private let log: RequestLog
  private let options: SandboxOptions
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(_ router: Router, log: RequestLog, options: SandboxOptions) {
    self.router = router
    self.log = log
    self.options = options
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.removeAll()
    case .body(let part):
      body += part.readableBytesView.prefix(Self.longestBody - body.count)
    case .end:
      guard let head else { return }
      answer(head, context)
    }
  }

  /// A client that breaks the protocol or the handshake gets no answer.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let arrival = NIODeadline.now()
    let number = log.add("\(head.method) \(head.uri)")
    let answer = router.answer(
      Request(
        number: number, now: options.now ?? Int64(Date().timeIntervalSince1970 * 1000),
        uptime: arrival.uptimeNanoseconds, method: head.method, target: head.uri,
        headers: head.headers, body: body))
    guard options.latencyMilliseconds > 0 else { return write(answer, to: head, context) }
    context.eventLoop.assumeIsolated().scheduleTask(
      deadline: arrival + .milliseconds(Int64(options.latencyMilliseconds))
    ) {
      self.write(answer, to: head, context)
    }
  }

  private func write(_ answer: Answer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    var headers = answer.headers
    if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
    context.write(
      wrapOutboundOut(
        .head(HTTPResponseHead(version: head.version, status: answer.status, headers: headers))),
      promise: nil)
    if !answer.body.isEmpty {
      let bytes = context.channel.allocator.buffer(bytes: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if !head.isKeepAlive {
      written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }
}

/// Leaves gzip alone of what a client accepts, as web servers prefer it.
///
/// NIO's compressor would take deflate from a client that accepts both.
final class GzipPreference: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else {
      return context.fireChannelRead(data)
    }
    let gzip = head.headers[canonicalForm: "Accept-Encoding"].filter { $0.hasPrefix("gzip") }
    head.headers.remove(name: "Accept-Encoding")
    for entry in gzip { head.headers.add(name: "Accept-Encoding", value: String(entry)) }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}
