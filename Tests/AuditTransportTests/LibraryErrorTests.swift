import AsyncHTTPClient
import AuditFetch
import AuditModel
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL
import SafeGzip
import Testing

@testable import AuditTransport

@Suite("Errors of the network's libraries")
struct LibraryErrorTests {
  private static let place = "kf.example:443"

  /// An error that no library is known to throw.
  private struct Surprise: Error {}

  private func failure(_ error: any Error, proxy: ProxyAddress? = nil) -> TransportError {
    LibraryError(error: error, place: Self.place, proxy: proxy, limits: TransportLimits()).failure
  }

  private func unreachable(_ reason: String) -> TransportError {
    .unreachable(place: Self.place, reason: reason)
  }

  @Test(
    "A refused system call is the network's fault or this machine's",
    arguments: [
      (ECONNREFUSED, "connection refused"), (ECONNRESET, "the connection was reset"),
      (EPIPE, "the connection was reset"), (ETIMEDOUT, "connection timed out"),
      (EHOSTUNREACH, "no route to the host"), (ENETUNREACH, "no route to the host"),
      (EIO, "input/output error 5"),
    ])
  func network(number: Int32, reason: String) {
    #expect(failure(IOError(errnoCode: number, reason: "connect")) == unreachable(reason))
  }

  @Test(
    "What this machine lacks is said to lack here",
    arguments: [
      (EMFILE, "this process has too many open files (RLIMIT_NOFILE)"),
      (ENFILE, "this machine has too many open files"), (ENOMEM, "there is no memory for it"),
      (ENOBUFS, "there is no memory for it"),
    ])
  func machine(number: Int32, reason: String) {
    let found = failure(IOError(errnoCode: number, reason: "socket"))
    #expect(found == .machine(place: Self.place, reason: reason))
  }

  @Test("Time that ran out says what it ran out for")
  func time() {
    #expect(
      failure(HTTPClientError.connectTimeout) == .connectTimedOut(place: Self.place, limit: "10 s"))
    #expect(
      failure(HTTPClientError.tlsHandshakeTimeout)
        == unreachable("the TLS handshake takes too long"))
    for error in [HTTPClientError.deadlineExceeded, .readTimeout] {
      #expect(
        failure(error) == .timedOut(place: Self.place, what: "the answer was not complete"))
    }
    #expect(
      failure(ExchangeError.tookTooLong("idle 30 s"))
        == .timedOut(place: Self.place, what: "idle 30 s"))
  }

  @Test("An end before the end of the answer is a truncated answer, whoever notices it")
  func truncated() {
    let errors: [any Error] = [
      HTTPClientError.remoteConnectionClosed, HTTPClientError.uncleanShutdown,
      HTTPParserError.invalidEOFState, NIOSSLError.uncleanShutdown,
    ]
    for error in errors {
      #expect(
        failure(error) == unreachable("the connection was closed: the answer is truncated"))
    }
    #expect(
      failure(ExchangeError.truncated(received: 7, of: 9))
        == unreachable("the connection was closed: the answer is truncated: 7 of 9 bytes"))
    #expect(LibraryError.isEnd(HTTPClientError.remoteConnectionClosed))
    #expect(LibraryError.isEnd(HTTPParserError.invalidEOFState))
    #expect(!LibraryError.isEnd(HTTPClientError.readTimeout) && !LibraryError.isEnd(Surprise()))
  }

  @Test("What is not HTTP says why")
  func broken() {
    let cases: [(any Error, String)] = [
      (
        HTTPParserError.unexpectedContentLength,
        "conflicting framing, more than one Content-Length"
      ),
      (HTTPParserError.invalidHeaderToken, "a header contains characters that are not allowed"),
      (
        HTTPParserError.unknown,
        "conflicting framing, a length and chunks, or something that is not HTTP"
      ),
      (HTTPParserError.headerOverflow, "the header of the answer is larger than 64 KiB"),
      (ExchangeError.headTooLarge, "the header of the answer is larger than 64 KiB"),
      (GzipError.notGzip(offset: 0), "the body's content coding is broken"),
    ]
    for (error, reason) in cases {
      #expect(failure(error) == .brokenHTTP(place: Self.place, reason: reason))
    }
    #expect(
      failure(GzipError.overLimit(17)) == .bodyTooLarge(place: Self.place, limit: 17))
  }

  @Test("A proxy is named where it is the one that fails")
  func proxy() {
    let proxy = ProxyAddress(host: "proxy.example", port: 3128)
    #expect(
      failure(HTTPClientError.httpProxyHandshakeTimeout, proxy: proxy)
        == unreachable("the proxy proxy.example:3128 does not connect in time"))
    #expect(
      failure(HTTPClientError.invalidProxyResponse, proxy: proxy)
        == unreachable("the proxy proxy.example:3128 refuses to connect"))
    #expect(
      failure(HTTPClientError.proxyAuthenticationRequired, proxy: proxy)
        == .proxyRefused(place: Self.place))
  }

  @Test("Of an error that nobody knows only the type is told")
  func unknown() {
    #expect(failure(Surprise()) == unreachable("Surprise"))
  }
}
