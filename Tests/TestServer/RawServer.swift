import Glibc
import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A server on loopback that answers with bytes, right or wrong, and remembers what it was sent.
package final class RawServer: Sendable {
  /// What it sends for a request, and what it does then.
  package struct Answer: Sendable {
    package enum Next: Sendable {
      /// Keeps the connection.
      case keep
      case close
      case reset
      /// Closes the connection underneath TLS, which is not told.
      case drop
      /// Sends zeros for as long as the client listens.
      case sendZeros
    }

    var bytes: [UInt8]
    var next: Next

    package static func bytes(_ bytes: [UInt8], then next: Next = .keep) -> Answer {
      Answer(bytes: bytes, next: next)
    }

    package static func text(_ text: String, then next: Next = .keep) -> Answer {
      Answer(bytes: Array(text.utf8), next: next)
    }
  }

  /// Answers the head of a request.
  package typealias Respond = @Sendable (_ head: String) -> Answer

  /// What its connections share.
  private final class Desk: Sendable {
    let respond: Respond?
    private let heads: Mutex<[String]> = Mutex([])

    init(_ respond: Respond?) {
      self.respond = respond
    }

    var all: [String] { heads.withLock { $0 } }

    func answer(to head: String) -> Answer? {
      heads.withLock { $0.append(head) }
      return respond?(head)
    }
  }

  private let desk: Desk
  /// The port it listens on.
  package let port: Int

  private init(_ desk: Desk, port: Int) {
    self.desk = desk
    self.port = port
  }

  /// The heads of the requests so far.
  package var requests: [String] { desk.all }

  /// Runs a test against a server that answers every request alike; with TLS when it has a configuration.
  package static func with<Result>(
    _ answer: Answer, tls: TLSConfiguration? = nil,
    _ test: (RawServer) async throws -> Result
  ) async throws -> Result {
    try await with({ _ in answer }, tls: tls, test)
  }

  /// Runs a test against a server; with `nil` for what it answers it closes each connection at the first bytes.
  package static func with<Result>(
    _ respond: Respond?, tls: TLSConfiguration? = nil,
    _ test: (RawServer) async throws -> Result
  ) async throws -> Result {
    let desk = Desk(respond)
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.addHandler(Handler(desk))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await test(RawServer(desk, port: channel.localAddress?.port ?? 0))
      try await channel.close()
      return result
    } catch {
      try await channel.close()
      throw error
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let end = Array("\r\n\r\n".utf8)
    private static let zeros = ByteBuffer(repeating: 0, count: 1 << 16)

    private let desk: Desk
    private var request: [UInt8] = []

    init(_ desk: Desk) {
      self.desk = desk
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      request += unwrapInboundIn(data).readableBytesView
      guard desk.respond != nil else { return context.close(promise: nil) }
      guard let end = request.firstRange(of: Self.end) else { return }
      let head = String(decoding: request[..<end.lowerBound], as: UTF8.self)
      request = []
      guard let answer = desk.answer(to: head) else { return }
      send(ByteBuffer(bytes: answer.bytes), then: answer.next, context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }

    /// What follows is done once the bytes are on their way, or cannot be sent any more.
    private func send(_ bytes: ByteBuffer, then next: Answer.Next, _ context: ChannelHandlerContext)
    {
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in
        let (handler, context) = bound.value
        switch next {
        case .keep: break
        case .close: context.close(promise: nil)
        case .reset: handler.reset(context)
        case .drop: handler.drop(context)
        case .sendZeros:
          if context.channel.isActive { handler.send(Self.zeros, then: next, context) }
        }
      }
    }

    /// With nothing to linger for, closing is a reset.
    private func reset(_ context: ChannelHandlerContext) {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      let sockets = context.channel as? any SocketOptionProvider
      sockets?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
        bound.value.close(promise: nil)
      }
    }

    private func drop(_ context: ChannelHandlerContext) {
      do {
        let tls = try context.pipeline.syncOperations.context(
          handlerType: NIOSSLServerHandler.self)
        tls.close(promise: nil)
      } catch {
        context.close(promise: nil)
      }
    }
  }
}
