import AuditFetch
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("Answers that are no pages, from the main job's side")
struct StatusFaultTests {
  private static func isPage(_ asked: ModelServer.Asked) -> Bool { asked.limit == 10 }

  /// A server that gives this answer to every request, or to every page.
  struct Answering: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: HTTPResponseValue
    var status: AuditModel.ExitStatus
    var says: [String]

    init(
      _ description: String, _ answer: HTTPResponseValue, _ status: AuditModel.ExitStatus,
      says: String...
    ) {
      testDescription = description
      self.answer = answer
      self.status = status
      self.says = says
    }
  }

  private static func html(_ status: Int = 200) -> HTTPResponseValue {
    .json(
      "<html><title>Sign in \u{1B}[2J</title>", status: status,
      ["content-type": "text/html; charset=utf-8"])
  }

  static let lasting: [Answering] = [
    Answering(
      "F37: 400 with the vendor's error",
      .json(#"{"ErrorCode":"0xA011004A","Message":"Invalid \u001b[2J"}"#, status: 400),
      .brokenProtocol, says: "0xA011004A", "QueryString, PageReturned, ReturnLimit"),
    Answering("F40: 403", .json("", status: 403), .refused, says: "/workflows/instances/read/"),
    Answering("F41: 404", .json("", status: 404), .brokenProtocol, says: "404", "/KeyfactorAPI"),
    Answering("F41: 405", .json("", status: 405), .brokenProtocol, says: "405"),
    Answering("F41: 410", .json("", status: 410), .brokenProtocol, says: "410"),
    Answering("F41: 501", .json("", status: 501), .brokenProtocol, says: "501"),
    Answering("F41: 505", .json("", status: 505), .brokenProtocol, says: "505"),
    Answering(
      "F44: 302 to the same origin", .json("", status: 302, ["location": "/login"]),
      .brokenProtocol, says: "redirect refused", "the same server"),
    Answering(
      "F45: 307 to another origin",
      .json("", status: 307, ["location": "https://evil.example/x"]), .brokenProtocol,
      says: "redirect refused", "https://evil.example", "https://kf.example"),
    Answering(
      "F46: 302 from https to http", .json("", status: 302, ["location": "http://kf.example/x"]),
      .brokenProtocol, says: "redirect refused", "http://kf.example:80"),
    Answering(
      "F48: a login page with Basic", html(), .brokenProtocol, says: "HTML instead of JSON",
      "login page", "Sign in"),
    Answering(
      "F49: HTML that says it is JSON", .json("<html>"), .brokenProtocol,
      says: "probably an HTML page"),
    Answering(
      "F50: no media type",
      HTTPResponseValue(status: 200, headers: [], body: Array("[]".utf8)), .brokenProtocol,
      says: "without a media type"),
    Answering(
      "F50: text/plain", .json("[]", ["content-type": "text/plain"]), .brokenProtocol,
      says: "text/plain"),
    Answering(
      "F50: UTF-16", .json("[]", ["content-type": "application/json; charset=utf-16"]),
      .brokenProtocol, says: "utf-16"),
    Answering("F51: 204", .json("", status: 204), .brokenProtocol, says: "204"),
    Answering("F51: 206", .json("[]", status: 206), .brokenProtocol, says: "206"),
    Answering("F51: 304", .json("", status: 304), .brokenProtocol, says: "304"),
    Answering(
      "F52: brotli", .json("[]", ["content-encoding": "br"]), .brokenProtocol, says: "br"),
  ]

  @Test(
    "An answer that would be the same again ends the run at once, and leaves nothing",
    arguments: lasting)
  func refused(answering: Answering) async throws {
    let job = try QuirkJob(before: { _, _, _ in answering.answer })
    let error = try await job.failure()
    #expect(error.exitStatus == answering.status)
    for word in answering.says { #expect(error.description.contains(word), "\(error)") }
    #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
    #expect(try job.disk().isEmpty)
    // 400 is asked in three ways before it is believed; HTML in JSON's name has one more chance.
    #expect(job.server.requests.count <= 3)
  }

  static let passing: [Answering] = [
    Answering(
      "F32: 503 for ever", .json("", status: 503), .unreachable, says: "503", "after 5 attempts"),
    Answering(
      "F35: 429 that asks to wait for ever", .json("", status: 429, ["retry-after": "1000000000"]),
      .tryLater, says: "asks to wait 1000000000 s"),
    Answering("F39: 401", .json("", status: 401), .refused, says: "credentials refused"),
    Answering(
      "F40: 403 in the middle", .json("", status: 403), .refused, says: "/workflows/instances/read/"
    ),
  ]

  @Test("What ends a read in the middle leaves a journal to resume from", arguments: passing)
  func inTheMiddle(answering: Answering) async throws {
    let job = try QuirkJob { _, asked, state in
      Self.isPage(asked) && state.requests.count(where: Self.isPage) > 3 ? answering.answer : nil
    }
    let error = try await job.failure()
    #expect(error.exitStatus == answering.status)
    for word in answering.says { #expect(error.description.contains(word), "\(error)") }
    #expect(try job.disk() == [".kfaudit-read"])
  }

  @Test(
    "F31: a passing failure costs a retry, which the manifest counts",
    arguments: [408, 425, 429, 500, 502, 503, 504])
  func retried(status: Int) async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try QuirkJob { _, asked, state in
      let pages = state.requests.count(where: Self.isPage)
      return Self.isPage(asked) && pages == 3 ? .json("", status: status) : nil
    }
    #expect(try await job.run().verdict == .proved)
    try job.expectSameRows(as: plain)
    #expect(try job.completeness()["requests"] as? Int == plain.completeness()["requests"] as? Int)
    let manifest = String(decoding: try job.job.read("manifest.json"), as: UTF8.self)
    #expect(manifest.contains(#""reason" : "\#(status)""#))
  }

  @Test(
    "F33, F34: the server is not asked again before the time that it names",
    arguments: [true, false])
  func retryAfter(isDate: Bool) async throws {
    let job = try QuirkJob { _, asked, state in
      guard Self.isPage(asked), state.requests.count(where: Self.isPage) == 3 else { return nil }
      let value = isDate ? ModelServer.httpDate(state.now + 5000) : "3"
      return .json(
        "", status: isDate ? 503 : 429,
        ["retry-after": value, "date": ModelServer.httpDate(state.now)])
    }
    #expect(try await job.run().verdict == .proved)
    let times = job.server.requests.filter(Self.isPage).map(\.time)
    let waited = times[3] - times[2]
    #expect((isDate ? 4000...36_000 : 3000...33_000) ~= waited)
  }

  @Test("F36: a server that fails every fourth time is left when the budget is spent")
  func budget() async throws {
    let many = try QuirkJob(
      (0..<1200).map { ModelRow(101 + $0, start: QuirkJob.from + $0 * 60_000) }
    ) {
      number, asked, _ in Self.isPage(asked) && number % 3 == 0 ? .json("", status: 502) : nil
    }
    let error = try await many.failure()
    #expect(error.exitStatus == .tryLater)
    #expect(error.description.contains("retry budget 20 % exhausted"))
    #expect(try many.disk() == [".kfaudit-read"])
  }

  /// A server that takes only the token with this number or a later one.
  private func job(from token: Int) throws -> QuirkJob {
    try QuirkJob { _, asked, state in
      guard Self.isPage(asked), state.requests.count(where: Self.isPage) > 3 else { return nil }
      let number = Int(asked.authorization.dropFirst("Bearer model".count)) ?? -1
      return number < token ? .json("", status: 401) : nil
    }.withTokens()
  }

  @Test("F38: a bearer token that is refused once is renewed once")
  func renewed() async throws {
    let plain = try await QuirkJob.undisturbed()
    let job = try job(from: 1)
    #expect(try await job.run().verdict == .proved)
    #expect(job.server.tokensAsked == 2)
    try job.expectSameRows(as: plain)
  }

  @Test("F39: a bearer token that is refused twice ends the run, and no header is shown")
  func refusedTwice() async throws {
    let job = try job(from: 99)
    let error = try await job.failure()
    #expect(error.exitStatus == .refused)
    #expect(error.description.contains("credentials refused twice"))
    #expect(!error.description.contains("model"))
    #expect(try job.disk() == [".kfaudit-read"])
  }

  @Test("F43: tokens that expire in either read are renewed in time, none of them refused")
  func expiring() async throws {
    let plain = try await QuirkJob.undisturbed()
    let server = ModelServer(
      QuirkJob.rows(), now: QuirkJob.now,
      before: { _, asked, state in
        if Self.isPage(asked) { state.now += 30_000 }
        return nil
      }, tokens: { .json(#"{"access_token":"t\#($0)","expires_in":400}"#) })
    let job = try QuirkJob(server: server).withTokens()
    #expect(try await job.run().verdict == .proved)
    #expect(server.tokensAsked >= 2)
    try job.expectSameRows(as: plain)
  }

  @Test("F48: with a bearer token a login page is one renewal, then refused credentials")
  func loginPage() async throws {
    let job = try QuirkJob(before: { _, _, _ in Self.html() }).withTokens()
    let error = try await job.failure()
    #expect(error.exitStatus == .refused)
    #expect(job.server.tokensAsked == 2)
    #expect(try job.disk().isEmpty)
  }

  static let tokens: [Answering] = [
    Answering(
      "F42: invalid_client", .json(#"{"error":"invalid_client s3cret%26word"}"#, status: 400),
      .refused, says: "invalid_client", "KEYFACTOR_AUTH_CLIENT_ID"),
    Answering("F42: HTML", html(), .brokenProtocol, says: "HTML instead of JSON"),
    Answering(
      "F42: expires_in negative", .json(#"{"access_token":"t","expires_in":-1}"#), .refused,
      says: "expires_in"),
    Answering(
      "F42: expires_in a text", .json(#"{"access_token":"t","expires_in":"soon"}"#), .refused,
      says: "expires_in"),
    Answering("F42: no token", .json("{}"), .refused, says: "access_token"),
  ]

  @Test(
    "A token endpoint that gives no token ends the run before the first question", arguments: tokens
  )
  func tokenEndpoint(answering: Answering) async throws {
    let server = ModelServer(QuirkJob.rows(), now: QuirkJob.now, tokens: { _ in answering.answer })
    let job = try QuirkJob(server: server).withTokens()
    let error = try await job.failure()
    #expect(error.exitStatus == answering.status)
    for word in answering.says { #expect(error.description.contains(word), "\(error)") }
    #expect(!error.description.contains("s3cret"))
    #expect(server.requests.isEmpty)
    #expect(try job.disk().isEmpty)
  }

  @Test("F42: a token without a lifetime is used for five minutes")
  func noLifetime() async throws {
    let server = ModelServer(
      QuirkJob.rows(), now: QuirkJob.now,
      before: { _, asked, state in
        if Self.isPage(asked) { state.now += 20_000 }
        return nil
      }, tokens: { .json(#"{"access_token":"t\#($0)"}"#) })
    let job = try QuirkJob(server: server).withTokens()
    #expect(try await job.run().verdict == .proved)
    #expect(server.tokensAsked == 2)
  }
}
