import AuditModel
import Glibc
import NIOCore
import TestServer
import TestSupport
import Testing

@testable import AuditFetch
@testable import AuditTransport

/// Every test talks to a real socket.
@Suite("Requests over real connections")
struct TransportTests {
  private func send(
    to port: Int, host: String = "127.0.0.1", header: RawPage.Header? = nil,
    proxy: ProxyAddress? = nil, timeoutSeconds: Int = 60
  ) async throws -> HTTPResponseValue {
    let server = ServerAddress(scheme: "http", host: host, port: port, path: "")
    let connection = Connection(
      server: server, credentials: .bearer(Secret("t")), timeoutSeconds: timeoutSeconds)
    return try await HTTPTransportFactory().with(connection, proxy: proxy) { transport in
      try await transport.send(
        HTTPRequestValue(
          method: .get, url: "\(proxy == nil ? "http" : "https")://\(host):\(port)/x",
          headers: header.map { [$0] } ?? []))
    }
  }

  private func failure(
    _ send: @autoclosure () async throws -> HTTPResponseValue
  ) async throws -> TransportError {
    try await #require(throws: TransportError.self) { _ = try await send() }
  }

  private func failure(
    _ behaviour: RawServer.Answer, timeoutSeconds: Int = 60
  ) async throws -> TransportError {
    try await RawServer.with(behaviour) { server in
      try await failure(await send(to: server.port, timeoutSeconds: timeoutSeconds))
    }
  }

  private static func closing(_ text: String) -> RawServer.Answer {
    .text(text, then: .close)
  }

  @Test("F21: a refused connection names host and port, and no library")
  func refused() async throws {
    let port = try await RawServer.with(.text("")) { $0.port }
    let error = try await failure(await send(to: port))
    #expect(error == .unreachable(place: "127.0.0.1:\(port)", reason: "connection refused"))
  }

  struct Answer: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
  }

  @Test(
    "F25, F27: an answer cut short is truncated, and may be asked for again",
    arguments: [
      Answer(
        testDescription: "by length",
        text: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2"),
      Answer(
        testDescription: "in a chunk",
        text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2"),
      Answer(testDescription: "before it began", text: ""),
    ])
  func truncated(answer: Answer) async throws {
    let error = try await failure(Self.closing(answer.text))
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("truncated"))
    #expect(
      RetryPolicy.Failure(.transport(error)) == .passing(.transport(error), retryAfter: nil))
  }

  @Test(
    "F30: a server that stops before the answer or in its middle is not waited for for ever",
    arguments: [
      Answer(testDescription: "before", text: ""),
      Answer(
        testDescription: "in the middle", text: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1"),
    ])
  func stalled(answer: Answer) async throws {
    let error = try await failure(.text(answer.text), timeoutSeconds: 1)
    guard case .timedOut = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("KEYFACTOR_CLIENT_TIMEOUT"))
  }

  @Test(
    "F29, F52, F55: what is no HTTP, or contradicts itself, is a broken protocol",
    arguments: [
      Answer(testDescription: "no status line", text: "hello\r\n\r\n"),
      Answer(
        testDescription: "length and chunks",
        text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      Answer(
        testDescription: "two lengths",
        text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]"),
      Answer(
        testDescription: "corrupt gzip",
        text: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n[1,2"),
      Answer(
        testDescription: "a header of 1 MiB",
        text: "HTTP/1.1 200 OK\r\nX: \(String(repeating: "a", count: 1 << 20))\r\n\r\n"),
    ])
  func brokenHTTP(answer: Answer) async throws {
    let error = try await failure(Self.closing(answer.text))
    #expect(error.exitStatus == .brokenProtocol)
  }

  @Test("F53: what a small body inflates to is capped too")
  func bomb() async throws {
    let bomb = try await TestProcess(shell: "head -c 100000000 /dev/zero | gzip -9").succeed().bytes
    #expect(bomb.count < 200_000)
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
    let error = try await failure(.bytes(Array(head.utf8) + bomb, then: .close))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("over 32 MiB"))
  }

  @Test("F54: a body without end is cut off at the cap")
  func endless() async throws {
    let error = try await failure(.text("HTTP/1.1 200 OK\r\n\r\n", then: .sendZeros))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("over 32 MiB"))
  }

  @Test("F45: a redirect is not followed: the other server sees no request")
  func redirect() async throws {
    try await RawServer.with(Self.closing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      other in
      let answer =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"
      let response = try await RawServer.with(Self.closing(answer)) { server in
        try await send(to: server.port)
      }
      #expect(response.status == 302)
      #expect(other.requests.isEmpty)
    }
  }

  @Test("A header that cannot be sent is not shown: it may be a credential")
  func unsendableHeader() async throws {
    let header = RawPage.Header(name: "authorization", value: "Bearer sec\nret")
    let error = try await failure(await send(to: 1, header: header))
    #expect(!error.description.contains("sec"))
  }

  @Test(
    "F59: a proxy is asked with its credentials, and it is named when it fails",
    arguments: [
      ("407 Proxy Authentication Required", .refused), ("502 Bad Gateway", .unreachable),
    ] as [(String, AuditModel.ExitStatus)])
  func proxy(answer: String, status: AuditModel.ExitStatus) async throws {
    let answer = "HTTP/1.1 \(answer)\r\nContent-Length: 0\r\n\r\n"
    try await RawServer.with(Self.closing(answer)) { server in
      let proxy = ProxyAddress(
        host: "127.0.0.1", port: server.port, user: "u", password: Secret("hidden"))
      let error = try await failure(await send(to: 443, host: "kf.example", proxy: proxy))
      #expect(error.exitStatus == status)
      #expect(error.description.contains("the proxy"))
      #expect(!error.description.contains("hidden"))
      let head = try #require(server.requests.first)
      #expect(head.hasPrefix("CONNECT kf.example:443 "))
      #expect(head.lowercased().contains("proxy-authorization: basic dtpoawrkzw4="))
    }
  }

  @Test("A proxy that is not there is the one that cannot be reached")
  func absentProxy() async throws {
    let port = try await RawServer.with(.text("")) { $0.port }
    let proxy = ProxyAddress(host: "127.0.0.1", port: port)
    let error = try await failure(await send(to: 443, host: "kf.example", proxy: proxy))
    #expect(
      error == .unreachable(place: "the proxy 127.0.0.1:\(port)", reason: "connection refused"))
  }

  private func response(_ head: String, _ body: [UInt8]) async throws -> HTTPResponseValue {
    let head = "HTTP/1.1 200 OK\r\n\(head)Content-Length: \(body.count)\r\n\r\n"
    return try await RawServer.with(.bytes(Array(head.utf8) + body, then: .close)) { server in
      try await send(to: server.port)
    }
  }

  @Test("Blanks and tabs around a header's value are no part of it")
  func blanks() async throws {
    let response = try await response(
      "X-Total-Count: \t 12 \t\r\nContent-Type:application/json\t; charset=utf-8 \r\nRetry-After: 3 \r\n",
      Array("[]".utf8))
    #expect(response.values("x-total-count") == ["12"])
    #expect(response.mediaType == "application/json")
    #expect(response.retryAfter == "3")
  }

  @Test(
    "Whatever blanks a value has at its ends, they are gone, and those within are kept",
    arguments: 0..<50)
  func anyBlanks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let blanks = (0..<4).map { _ in
      String(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Bool.random(using: &random) ? " " : "\t"
        })
    }
    let word = blanks[0].isEmpty ? "" : "a\(blanks[1])\u{A0}\u{301}"
    let value = HTTPResponseValue(
      status: 200, headers: [.init(name: "x", value: blanks[2] + word + blanks[3])], body: [])
    #expect(value.values("x").map { Array($0.utf8) } == [Array(word.utf8)])
  }

  @Test("Nothing but gzip is asked for")
  func asksForGzip() async throws {
    try await RawServer.with(Self.closing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      server in
      _ = try await send(to: server.port)
      let head = try #require(server.requests.first).lowercased()
      #expect(head.contains("accept-encoding: gzip\r\n") || head.hasSuffix("accept-encoding: gzip"))
    }
  }

  @Test(
    "F52: gzip is undone whatever it is called, of one member or several",
    arguments: ["gzip", "x-gzip", "GZIP ", "identity, gzip", "identity,\tX-GZip\t"])
  func gzip(coding: String) async throws {
    let members = try await TestProcess(shell: "printf '[1,' | gzip; printf '2]' | gzip")
      .succeed().bytes
    let response = try await response("Content-Encoding: \(coding)\r\n", members)
    #expect(response.body == Array("[1,2]".utf8))
  }

  @Test(
    "F52: what is no whole gzip to its last byte is a broken content coding",
    arguments: ["printf '[]' | gzip; printf x", "printf '[]' | gzip | head -c 15", "printf '[]'"])
  func brokenGzip(command: String) async throws {
    let body = try await TestProcess(shell: command).succeed().bytes
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
    let error = try await failure(.bytes(Array(head.utf8) + body, then: .close))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("content coding"))
  }

  @Test("F53: the cap holds over all members of a body together")
  func bombOfMembers() async throws {
    let bomb = try await TestProcess(
      shell: "for i in 1 2 3 4 5; do head -c 8000000 /dev/zero | gzip -9; done"
    ).succeed().bytes
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
    let error = try await failure(.bytes(Array(head.utf8) + bomb, then: .close))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("over 32 MiB"))
  }

  @Test("A body that is cut short is truncated, compressed or not")
  func truncatedGzip() async throws {
    let error = try await failure(
      Self.closing("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n[1,2"))
    #expect(error.description.contains("truncated: 4 of 100 bytes"))
    #expect(error.exitStatus == .unreachable)
  }

  @Test(
    "An answer of an old or a talkative server is an answer",
    arguments: [
      Answer(testDescription: "HTTP/1.0", text: "HTTP/1.0 200 OK\r\n\r\n[]"),
      Answer(
        testDescription: "an interim answer first",
        text:
          "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
      ),
      Answer(
        testDescription: "trailers",
        text:
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\nX-Sum: 1\r\n\r\n"),
    ])
  func oddButWhole(answer: Answer) async throws {
    let response = try await RawServer.with(Self.closing(answer.text)) { server in
      try await send(to: server.port)
    }
    #expect(response.status == 200)
    #expect(response.body == Array("[]".utf8))
  }

  @Test(
    "What this machine lacks is no fault of the network, and nothing is tried again",
    arguments: [
      (EMFILE, "RLIMIT_NOFILE"), (ENFILE, "too many open files"), (ENOBUFS, "no memory"),
    ])
  func machine(code: Int32, says: String) {
    let error = LibraryError(
      error: IOError(errnoCode: code, reason: "socket"), place: "kf.example:443", proxy: nil,
      limits: TransportLimits()
    ).failure
    #expect(error.exitStatus == .inputOutput)
    #expect(error.description.contains(says))
    #expect(RetryPolicy.Failure(.transport(error)) == .lasting(.transport(error)))
  }
}
