import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server that answers with bytes, right or wrong, and remembers what it was sent.
final class RawServer: Sendable {
  /// What it does with a request.
  enum Behaviour: Sendable {
    /// Sends the bytes and keeps the connection.
    case answer(String)
    /// Sends the bytes and closes the connection.
    case answerAndClose([UInt8])
    /// Closes the connection at the first bytes, whatever they are.
    case hangUp
    /// Sends the bytes and drops the connection underneath TLS, which is not told.
    case answerAndDrop(String)
    /// Sends the bytes, then zeros for as long as the client listens.
    case endless(String)
  }

  /// The heads of the requests so far.
  final class Heads: Sendable {
    private let heads: Mutex<[String]> = Mutex([])

    var all: [String] { heads.withLock { $0 } }

    func add(_ head: String) {
      heads.withLock { $0.append(head) }
    }
  }

  private let channel: any Channel

  /// The heads of the requests so far.
  let heads: Heads
  /// The port it listens on.
  var port: Int { channel.localAddress?.port ?? 0 }

  private init(_ channel: any Channel, _ heads: Heads) {
    self.channel = channel
    self.heads = heads
  }

  /// Runs a test against a server on loopback, with TLS when it has a configuration.
  static func with<Result>(
    _ behaviour: Behaviour, tls: TLSConfiguration? = nil,
    _ test: (RawServer) async throws -> Result
  ) async throws -> Result {
    let heads = Heads()
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.addHandler(Handler(behaviour, heads))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await test(RawServer(channel, heads))
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
    private static let block = ByteBuffer(repeating: 0, count: 1 << 16)

    private let behaviour: Behaviour
    private let heads: Heads
    private var request: [UInt8] = []

    init(_ behaviour: Behaviour, _ heads: Heads) {
      self.behaviour = behaviour
      self.heads = heads
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      if case .hangUp = behaviour {
        context.close(promise: nil)
        return
      }
      request += unwrapInboundIn(data).readableBytesView
      guard let end = request.firstRange(of: Self.end) else { return }
      heads.add(String(decoding: request[..<end.lowerBound], as: UTF8.self))
      request = []
      switch behaviour {
      case .hangUp: break
      case .answer(let text):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      case .answerAndClose(let bytes):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        context.close(promise: nil)
      case .answerAndDrop(let text):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        drop(context)
      case .endless(let text):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        sendZeros(context)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
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

    private func sendZeros(_ context: ChannelHandlerContext) {
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(Self.block)).whenSuccess {
        let (handler, context) = bound.value
        handler.sendZeros(context)
      }
    }
  }
}
