import AuditFetch
import AuditModel
import AuditTransport
import Foundation
import TestServer
import TestSupport
import Testing

@testable import AuditRun

/// The main job over real sockets; only its waits before retries are virtual.
@Suite("Connections that break, from the main job's side")
struct TransportFaultTests {
  /// A network with short limits, in which waiting before a retry takes no time.
  private static func network(_ change: (inout TransportLimits) -> Void) -> Network {
    var limits = TransportLimits()
    change(&limits)
    return Network(
      transports: HTTPTransportFactory(limits: limits),
      clock: FetchClock(wait: { _ in
        // A test has no time to wait.
      }))
  }

  private static let patient = network { _ in
    // The usual limits: other tests may keep the processors busy for seconds.
  }

  private static let impatient = network { limits in
    limits.firstByteMilliseconds = 400
    limits.idleMilliseconds = 400
  }

  private func job(
    port: Int, host: String = "127.0.0.1", network: Network = patient
  ) throws -> QuirkJob {
    var job = try QuirkJob()
    job.job.network = network
    job.job.ask(server: "http://\(host):\(port)")
    return job
  }

  /// Runs the job against a server that breaks rules where a test wants it to.
  private func run<Value>(
    _ schedule: FaultServer.Schedule, isStalling: Bool = false,
    _ body: (QuirkJob) async throws -> Value
  ) async throws -> Value {
    let model = ModelServer(QuirkJob.rows(), now: QuirkJob.now)
    return try await FaultServer.with(model, schedule) { port in
      try await body(
        job(port: port, network: isStalling ? Self.impatient : Self.patient))
    }
  }

  /// What breaks a page, once or for ever.
  struct Break: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fault: RawServer.Answer
    var status: AuditModel.ExitStatus = .unreachable
    var says: String
    /// Whether it breaks by saying nothing, which only a limit ends.
    var isStalling = false
  }

  private static func answer(_ head: String, _ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(head)\r\n\r\n\(body)"
  }

  static let breaks: [Break] = [
    Break(
      testDescription: "F23: a reset after the request", fault: .text("", then: .reset),
      says: "after 5 attempts"),
    Break(
      testDescription: "F24: a reset in the middle of the body",
      fault: .text(answer("Content-Length: 100", "[1,2"), then: .reset), says: "after 5 attempts"),
    Break(
      testDescription: "F25: a body shorter than its length",
      fault: .text(answer("Content-Length: 100", "[{\"Id\":1,"), then: .close),
      says: "truncated: 9 of 100 bytes"),
    Break(
      testDescription: "F27: chunks without an end",
      fault: .text(answer("Transfer-Encoding: chunked", "5\r\n[1,2"), then: .close),
      says: "truncated"),
    Break(
      testDescription: "F28: half of a body without a length",
      fault: .text(answer("Connection: close", "[{\"Id\""), then: .close),
      status: .brokenProtocol, says: "byte 6"),
    Break(
      testDescription: "F30: no first byte", fault: .text(""), says: "first byte 400 ms",
      isStalling: true),
    Break(
      testDescription: "F30: a body that stops", fault: .text(answer("Content-Length: 100", "[")),
      says: "idle 400 ms", isStalling: true),
  ]

  @Test("A connection that breaks once costs a retry, not the run", arguments: breaks)
  func once(broken: Break) async throws {
    let plain = try await QuirkJob.undisturbed()
    try await run(.at(3, broken.fault), isStalling: broken.isStalling) { job in
      #expect(try await job.run().verdict == .proved)
      try job.expectSameRows(as: plain)
    }
  }

  @Test("One that breaks for ever ends the run, which can be resumed", arguments: breaks)
  func forEver(broken: Break) async throws {
    try await run(.from(3, broken.fault), isStalling: broken.isStalling) { job in
      let error = try await job.failure()
      #expect(error.exitStatus == broken.status)
      #expect(error.description.contains(broken.says), "\(error)")
      #expect(try job.disk() == [".kfaudit-read"])
    }
  }

  static let lasting: [Break] = [
    Break(
      testDescription: "F26: a body longer than its length",
      fault: .text(answer("Content-Length: 4", "[{}]x"), then: .close),
      status: .brokenData, says: "ReferenceId"),
    Break(
      testDescription: "F26: a length that cuts the JSON",
      fault: .text(answer("Content-Length: 1", "[]")), status: .brokenProtocol, says: "byte 1"),
    Break(
      testDescription: "F29: length and chunks",
      fault: .text(answer("Content-Length: 2\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      status: .brokenProtocol, says: "framing"),
    Break(
      testDescription: "F29: two lengths",
      fault: .text(answer("Content-Length: 2\r\nContent-Length: 3", "[]")),
      status: .brokenProtocol, says: "conflicting framing"),
    Break(
      testDescription: "F47: a redirect to itself",
      fault: .text(
        "HTTP/1.1 302 Found\r\nLocation: /KeyfactorAPI/Workflow/Instances\r\nContent-Length: 0\r\n\r\n"
      ),
      status: .brokenProtocol, says: "redirect refused"),
    Break(
      testDescription: "F52: corrupt gzip",
      fault: .text(answer("Content-Encoding: gzip\r\nContent-Length: 4", "[1,2")),
      status: .brokenProtocol, says: "content coding"),
    Break(
      testDescription: "F55: a header of 70 KB",
      fault: .text(
        answer("X-Large: \(String(repeating: "a", count: 70_000))\r\nContent-Length: 2", "[]")),
      status: .brokenProtocol, says: "header"),
    Break(
      testDescription: "F55: a header of 1 MiB",
      fault: .text(
        answer("X-Large: \(String(repeating: "a", count: 1 << 20))\r\nContent-Length: 2", "[]")),
      status: .brokenProtocol, says: "header"),
    Break(
      testDescription: "F55: 10,000 headers",
      fault: .text(
        answer(
          (0..<10_000).map { "X-\($0): a" }.joined(separator: "\r\n") + "\r\nContent-Length: 2",
          "[]")),
      status: .brokenProtocol, says: "header"),
    Break(
      testDescription: "F55: NUL in a header",
      fault: .text(answer("X: a\u{0}b\r\nContent-Length: 2", "[]")),
      status: .brokenProtocol, says: "header"),
  ]

  @Test("What is no HTTP ends the run without another attempt", arguments: lasting)
  func brokenHTTP(broken: Break) async throws {
    try await run(.from(0, broken.fault)) { job in
      let error = try await job.failure()
      #expect(error.exitStatus == broken.status, "\(error)")
      #expect(error.description.contains(broken.says), "\(error)")
      #expect(try job.disk().isEmpty)
    }
  }

  @Test("F53, F54: a body over 32 MiB is cut off at the cap", arguments: [true, false])
  func largeBody(isBomb: Bool) async throws {
    let body: [UInt8]
    if isBomb {
      let folder = try TemporaryFolder()
      try await TestProcess(
        shell: "head -c 200000000 /dev/zero | gzip -9 > bomb.gz", in: folder.path
      ).succeed()
      body = try folder.read("bomb.gz")
      #expect(body.count < 250_000)
    } else {
      body = [UInt8](repeating: 0x20, count: 33 << 20)
    }
    let coding =
      isBomb ? "Content-Encoding: gzip\r\nContent-Length: \(body.count)" : "Connection: close"
    let bytes = Array(Self.answer(coding, "").utf8) + body
    try await run(.from(0, .bytes(bytes, then: .close))) { job in
      let error = try await job.failure()
      #expect(error.exitStatus == .brokenProtocol)
      #expect(error.description.contains("body over 32 MiB"))
      #expect(try job.disk().isEmpty)
    }
  }

  @Test("F21: a server that is down for the whole run is tried five times")
  func down() async throws {
    let port = try await FaultServer.with(ModelServer([], now: QuirkJob.now), .never) { $0 }
    let job = try job(port: port)
    let error = try await job.failure()
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("after 5 attempts"))
    #expect(error.description.contains("127.0.0.1:\(port)"))
    #expect(error.description.contains("connection refused"))
    #expect(try job.disk().isEmpty)
  }

  @Test("F22: a server that answers no SYN is given up after the connect timeout, each time")
  func noAnswerToSYN() async throws {
    // Nobody accepts: once the backlog of one is full, further connections hang.
    let listener = try Backlog()
    var job = try job(port: listener.port)
    job.job.network = Self.network { $0.connectMilliseconds = 200 }
    let error = try await job.failure()
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("connect timeout"))
    #expect(error.description.contains("after 5 attempts"))
    #expect(try job.disk().isEmpty)
  }

  @Test("F60: a connection that the server closes between requests costs no attempt")
  func keepAlive() async throws {
    let plain = try await QuirkJob.undisturbed()
    try await run(.closingEvery(3)) { job in
      #expect(try await job.run().verdict == .proved)
      try job.expectSameRows(as: plain)
    }
  }

  @Test("F61: a name whose first address is dead is reached by its second")
  func secondAddress() async throws {
    let model = ModelServer(QuirkJob.rows(), now: QuirkJob.now)
    try await FaultServer.with(model, .never) { port in
      let verdict = try await job(port: port, host: "localhost").run().verdict
      #expect(verdict == .proved)
    }
  }

  @Test("F19: a host that does not exist is tried twice at most")
  func unknownHost() async throws {
    let job = try QuirkJob(before: { (_, _, _) throws(TransportError) in
      throw .unknownHost(place: "kf.example:443")
    })
    let error = try await job.failure()
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("after 2 attempts: kf.example:443"))
    #expect(error.description.contains("no such host"))
    #expect(job.server.requests.count == 2)
    #expect(try job.disk().isEmpty)
  }

  @Test("F20: a name that cannot be resolved twice, and then can, costs retries")
  func resolverTrouble() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob(before: { (number, _, _) throws(TransportError) in
      if 4...5 ~= number {
        throw .unreachable(place: "kf.example:443", reason: "the name cannot be resolved")
      }
      return nil
    })
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    let manifest = String(decoding: try job.job.read("manifest.json"), as: UTF8.self)
    #expect(manifest.contains(#""count" : 2"#))
  }
}
