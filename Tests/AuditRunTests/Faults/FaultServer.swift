import AuditModel
import Glibc
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import AuditFetch

/// A model server on a real socket, which breaks the rules of HTTP or TCP where a test wants it to.
final class FaultServer: Sendable {
  /// What is done with a request instead of answering it.
  enum Fault: Sendable {
    /// Sends these bytes and keeps the connection.
    case bytes(String)
    /// Sends these bytes and closes the connection.
    case bytesAndClose([UInt8])
    /// Sends these bytes and resets the connection.
    case bytesAndReset(String)
    /// Answers as the model does, and closes the connection without having said so.
    case answerAndClose
  }

  /// At which requests for pages, counted from 0, a fault comes.
  enum Schedule: Sendable {
    case never
    case at(Int, Fault)
    case from(Int, Fault)
    /// At every so many.
    case every(Int, Fault)

    fileprivate func fault(at page: Int) -> Fault? {
      switch self {
      case .never: nil
      case .at(let number, let fault): page == number ? fault : nil
      case .from(let number, let fault): page >= number ? fault : nil
      case .every(let number, let fault): page % number == number - 1 ? fault : nil
      }
    }
  }

  /// Answers from a model, and counts.
  fileprivate final class Desk: Sendable {
    private let model: ModelServer
    private let schedule: Schedule
    private let pages = Mutex(0)

    init(_ model: ModelServer, _ schedule: Schedule) {
      self.model = model
      self.schedule = schedule
    }

    func fault(for target: String) -> Fault? {
      let isPage = target.contains("ReturnLimit=10&")
      let number = pages.withLock { pages in
        defer { if isPage { pages += 1 } }
        return pages
      }
      return isPage ? schedule.fault(at: number) : nil
    }

    func answer(to target: String) -> [UInt8] {
      do {
        let response = try model.answer(
          to: HTTPRequestValue(method: .get, url: "http://model" + target, headers: []))
        let head =
          ["HTTP/1.1 \(response.status) X"] + response.headers.map { "\($0.name): \($0.value)" }
          + ["Content-Length: \(response.body.count)"]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + response.body
      } catch {
        return Array("HTTP/1.1 599 \(error)\r\nContent-Length: 0\r\n\r\n".utf8)
      }
    }
  }

  /// Runs a test against a server on loopback; it is told the server's port.
  static func with<Result>(
    _ model: ModelServer, _ schedule: Schedule,
    _ test: (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let desk = Desk(model, schedule)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(desk))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await test(channel.localAddress?.port ?? 0)
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

    private let desk: Desk
    private var request: [UInt8] = []

    init(_ desk: Desk) {
      self.desk = desk
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      request += unwrapInboundIn(data).readableBytesView
      guard request.firstRange(of: Self.end) != nil else { return }
      let words = String(decoding: request, as: UTF8.self).split(separator: " ")
      request = []
      let target = words.count > 1 ? String(words[1]) : "/"
      switch desk.fault(for: target) {
      case nil: send(desk.answer(to: target), context)
      case .bytes(let text): send(Array(text.utf8), context)
      case .bytesAndClose(let bytes): sendAndClose(bytes, context)
      case .bytesAndReset(let text):
        send(Array(text.utf8), context)
        reset(context)
      case .answerAndClose: sendAndClose(desk.answer(to: target), context)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    /// Closes only when everything is on its way.
    private func sendAndClose(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).whenComplete { _ in
        bound.value.close(promise: nil)
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
  }
}
