import NIOCore
import NIOHTTP1

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
