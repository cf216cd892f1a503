import AuditModel
import Synchronization
import TestSupport
import Testing

@testable import AuditFetch

@Suite("The conversation with a server")
struct ServerSessionTests {
  private static let from = Instant(milliseconds: 1_790_812_800_000)

  private static func row(_ referenceID: Int) -> String {
    #"{"Id":"9c996cd3-0f0e-4b0c-9f0f-\#(String(referenceID + 100_000_000_000))","ReferenceId":\#(referenceID)}"#
  }

  /// The waits before retries, in milliseconds.
  private let waits = Waits()
  /// The waits that whoever watches was told of.
  private let told = Waits()

  private static let empty = HTTPResponseValue.json("[]")

  /// What a session asked, and what came of it.
  private struct Asked {
    var answers: [Answer]
    var facts: ServerFacts
    var requests: [HTTPRequestValue]
  }

  /// Asks the same question some times of a server that answers from a list.
  private func ask(
    _ answers: [HTTPResponseValue], times: Int = 1,
    credentials: Credentials = .basic(user: "EX\\a", password: Secret("p"))
  ) async throws -> Asked {
    let transport = ScriptedTransport(answers)
    let session = ServerSession.scripted(
      transport, credentials: credentials, wait: { [waits] in waits.add($0) },
      watch: { [told] event in
        if case .waiting(let milliseconds, _, _) = event { told.add(milliseconds) }
      })
    var received: [Answer] = []
    for _ in 0..<times {
      received.append(
        try await session.ask(.init(filter: .after(7), limit: 2), ServerDialect()))
    }
    return Asked(answers: received, facts: session.facts, requests: transport.requests)
  }

  private func failure(
    _ answers: [HTTPResponseValue], times: Int = 1,
    credentials: Credentials = .basic(user: "EX\\a", password: Secret("p"))
  ) async throws -> FetchError {
    try await #require(throws: FetchError.self) {
      _ = try await ask(answers, times: times, credentials: credentials)
    }
  }

  @Test("A question is sent with the required headers; rows, total and what else is told come back")
  func question() async throws {
    let asked = try await ask([
      .json(
        "[\(Self.row(1)),\(Self.row(2))]",
        [
          "x-total-count": "3", "x-keyfactor-product-version": "25.4.1",
          "date": "Tue, 24 Nov 2026 00:00:00 GMT",
        ])
    ])
    #expect(asked.answers.map { $0.rows.map(\.referenceID) } == [[1, 2]])
    #expect(asked.answers.map(\.total) == [3])
    #expect(asked.facts.requests == 1)
    #expect(asked.facts.productVersion == "25.4.1")
    #expect(asked.facts.serverDate?.description == "2026-11-24T00:00:00.000Z")
    #expect(asked.requests.map(\.method) == [.get])
    #expect(
      asked.requests[0].url.hasSuffix(
        "-gt%207&PageReturned=1&ReturnLimit=2&SortField=ReferenceId&SortAscending=0"))
    let headers = Dictionary(
      uniqueKeysWithValues: asked.requests[0].headers.map { ($0.name, $0.value) })
    #expect(headers["x-keyfactor-requested-with"] == "APIClient")
    #expect(headers["x-keyfactor-api-version"] == "1")
    #expect(headers["accept"] == "application/json")
    #expect(headers["user-agent"] == "kfaudit/test")
    #expect(headers["authorization"] == "Basic RVhcYTpw")
  }

  struct Refused: Sendable {
    var answer: HTTPResponseValue
    var status: AuditModel.ExitStatus
    var says: String
  }

  static let refused: [Refused] = [
    Refused(answer: .json("", status: 401), status: .refused, says: "password"),
    Refused(
      answer: .json(#"{"ErrorCode":"0xA0110001","Message":"no"}"#, status: 403), status: .refused,
      says: "/workflows/instances/read/"),
    Refused(
      answer: .json(#"{"ErrorCode":"0xA011004A","Message":"Invalid \u001b[2J"}"#, status: 400),
      status: .brokenProtocol, says: "0xA011004A"),
    Refused(
      answer: .json(#"{"ErrorCode":"0xA011004A","Message":"Invalid sort field: x."}"#, status: 400),
      status: .brokenProtocol, says: "Invalid sort field: x."),
    Refused(
      answer: .json("{}", status: 400), status: .brokenProtocol,
      says: "QueryString, PageReturned, ReturnLimit, SortField, SortAscending"),
    Refused(answer: .json("", status: 501), status: .brokenProtocol, says: "501"),
    Refused(answer: .json("", status: 505), status: .brokenProtocol, says: "505"),
    Refused(answer: .json("", status: 522), status: .unreachable, says: "522"),
    Refused(answer: .json("", status: 204), status: .brokenProtocol, says: "204"),
    Refused(answer: .json("", status: 404), status: .brokenProtocol, says: "path"),
    Refused(answer: .json("", status: 503), status: .unreachable, says: "503"),
    Refused(
      answer: .json("", status: 429, ["retry-after": "7"]), status: .tryLater,
      says: "Retry-After: 7"),
    Refused(
      answer: .json("", status: 302, ["location": "https://evil.example/x?y"]),
      status: .brokenProtocol, says: "https://evil.example"),
    Refused(
      answer: .json("<html><title>Sign in</title>", ["content-type": "text/html"]),
      status: .brokenProtocol, says: "probably a login page"),
    Refused(
      answer: .json("[]", ["content-type": "text/plain"]), status: .brokenProtocol,
      says: "text/plain"),
    Refused(answer: .json("[]", ["content-encoding": "br"]), status: .brokenProtocol, says: "br"),
    Refused(
      answer: .json("[]", ["content-encoding": "deflate"]), status: .brokenProtocol,
      says: "the content coding deflate"),
    Refused(
      answer: .json("[]", ["content-encoding": "gzip, x-gzip"]), status: .brokenProtocol,
      says: "gzip, x-gzip"),
    Refused(
      answer: .json("[]", ["content-type": "application/json; charset=utf-16"]),
      status: .brokenProtocol, says: "utf-16"),
  ]

  @Test(
    "Answers that are no pages end the read with the status they deserve, and say what to do",
    arguments: refused.indices)
  func answers(index: Int) async throws {
    let refused = Self.refused[index]
    let error = try await failure(Array(repeating: refused.answer, count: 5))
    #expect(error.exitStatus == refused.status)
    #expect(error.description.contains(refused.says))
    #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("With OAuth a refused token is renewed once a request; then the credentials are refused")
  func renewal() async throws {
    let client = Credentials.clientCredentials(
      ClientCredentials(
        id: "id", secret: Secret("s"), tokenURL: "https://idp.example/token", scopes: [],
        audience: nil))
    let asked = try await ask(
      [
        .token("t1", lifetime: 3600), .json("", status: 401), .token("t2", lifetime: 3600),
        Self.empty, Self.empty,
      ], times: 2, credentials: client)
    #expect(asked.facts.requests == 2)
    #expect(asked.facts.refusedTokens == 1)
    #expect(asked.requests.count == 5)
    let error = try await failure(
      [
        .token("t1", lifetime: 3600), .json("", status: 401), .token("t2", lifetime: 3600),
        .json("", status: 401),
      ], credentials: client)
    #expect(error.exitStatus == .refused)
    #expect(error.description.contains("credentials refused twice"))
  }

  /// A server that never answers; whoever waits for it is told that it is over.
  private struct SilentTransport: HTTPTransport {
    /// What it does answer: requests for tokens, or none.
    var answersTokens = false

    func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue {
      if answersTokens, request.method == .post { return .token("t", lifetime: 3600) }
      do {
        try await ContinuousClock().sleep(for: .seconds(86_400))
      } catch {
        // The deadline came.
      }
      throw .unreachable(place: "silence", reason: "given up")
    }
  }

  @Test(
    "F62: the deadline ends a request that is under way, for rows and for a token",
    arguments: [false, true])
  func deadline(answersTokens: Bool) async throws {
    let transport = SilentTransport(answersTokens: answersTokens)
    let server = ServerAddress(scheme: "https", host: "kf.example", port: nil, path: "/K")
    let credentials = Credentials.clientCredentials(
      ClientCredentials(
        id: "id", secret: Secret("s"), tokenURL: "https://idp.example/token", scopes: [],
        audience: nil))
    var plan = FetchPlan(
      connection: Connection(server: server, credentials: credentials),
      window: Window(
        from: Self.from, to: Self.from.advanced(byMilliseconds: 86_400_000), zone: .utc),
      pageSize: 2)
    plan.deadlineSeconds = 7
    let start = ContinuousClock().now
    let session = ServerSession(
      plan,
      exchange: InstanceExchange(
        server: server, userAgent: "kfaudit/test", transport: transport,
        authoriser: Authoriser(credentials: credentials, transport: transport, now: { start })),
      clock: FetchClock(
        wait: { [waits] in waits.add($0) }, now: { start },
        until: { instant in #expect(instant == start + .seconds(7)) }))
    session.note(progress: "3 of 9 rows of read 1")
    let error = try await #require(throws: FetchError.self) {
      _ = try await session.ask(.init(filter: .after(7), limit: 2), ServerDialect())
    }
    #expect(
      error
        == .deadline(
          seconds: 7, place: "\(server)/Workflow/Instances", progress: "3 of 9 rows of read 1"))
    #expect(error.exitStatus == .tryLater)
    #expect(waits.all.isEmpty)
  }

  @Test("A total that is no number is no total", arguments: ["-1", "1,234", "many"])
  func brokenTotal(total: String) async throws {
    let error = try await failure([.json("[]", ["x-total-count": total])])
    #expect(error.exitStatus == .brokenProtocol)
  }

  @Test(
    "A server that echoes the credentials, whole or in part, does not get them into a message",
    arguments: [
      #"{"Message":"refused: Basic RVhcYTpoaWRkZW4="}"#, #"{"Message":"RVhcYTpoaWRkZW4="}"#,
      "the password hidden is wrong", #"{"detail":"RVhcYTpoaWRkZW4="}"#,
      #"{"ErrorCode":"0x1","Message":"no &#104;&#105;dden here"}"#, #"{"Message":"NBUWIZDFNY"}"#,
      #"{"Message":"68696464656e"}"#, #"{"Message":"%68%69%64%64%65%6e"}"#,
    ])
  func echo(body: String) async throws {
    let error = try await failure(
      [.json(body, status: 403)],
      credentials: .basic(user: "EX\\a", password: Secret("hidden")))
    #expect(error.description.contains("returned 403"))
    #expect(error.description.contains(" (application/json, \(body.utf8.count) bytes)"))
    for form in ["RVhc", "hidden", "NBUW", "6869", "%68", "104", "0x1"] {
      #expect(!error.description.contains(form), "\(error.description)")
    }
  }

  @Test("A row that reflects the credentials does not get them into a message")
  func rowEcho() async throws {
    let echo = HTTPResponseValue.json(#"[{"Id":"x","ReferenceId":"s3kret&word"}]"#)
    let error = try await #require(throws: PageError.self) {
      _ = try await ask(
        [echo, echo], credentials: .basic(user: "a", password: Secret("s3kret&word")))
    }
    #expect(error.exitStatus == .brokenData)
    #expect(!error.description.contains("s3kret") && error.description.contains("row 1"))
  }

  @Test(
    "The vendor's own words are shown where no credential is in them, and any other body is not")
  func words() async throws {
    let vendor = try await failure(
      [.json(#"{"ErrorCode":"0xA0110006","Message":"The user lacks Read"}"#, status: 403)])
    #expect(vendor.description.contains("returned 403: 0xA0110006, The user lacks Read."))
    let id = "9C996CD3-0F0E-4B0C-9F0F-6A4AD6B6B0D1"
    let other = try await failure([
      .json(
        "upstream said no", status: 403,
        ["content-type": "text/plain", "x-keyfactor-correlation-id": id])
    ])
    #expect(other.description.contains("(text/plain, 16 bytes, correlation ID \(id))"))
    #expect(!other.description.contains("upstream"))
  }

  @Test(
    "A redirect's origin is named, and nothing else of its target",
    arguments: [
      ("https://u:p@evil.example/x", "cannot be shown"),
      ("https://evil.example?token=1", "https://evil.example:443."),
      ("http://evil.example:8080/x#y", "http://evil.example:8080."),
      ("//evil.example/x", "https://evil.example:443."), ("/login", "the same server"),
      ("", "nowhere"),
    ])
  func redirectTarget(location: String, says: String) async throws {
    let error = try await failure([.json("", status: 302, ["location": location])])
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains(says.hasSuffix(".") ? String(says.dropLast()) : says))
    #expect(!error.description.contains("token"))
    #expect(!error.description.contains("u:p"))
  }

  @Test("A token with a line break is refused before it is sent, and not shown")
  func unsendableToken() async throws {
    let error = try await failure([], credentials: .bearer(Secret("sec\nret")))
    #expect(error.exitStatus == .configuration)
    #expect(!error.description.contains("sec"))
  }

  @Test("A token endpoint in trouble is asked again, as the server would be")
  func tokenEndpointInTrouble() async throws {
    let asked = try await ask(
      [.json("", status: 503), .token("t", lifetime: 60), Self.empty, Self.empty], times: 2,
      credentials: .clientCredentials(
        ClientCredentials(
          id: "id", secret: Secret("s"), tokenURL: "https://idp.example/token", scopes: [],
          audience: nil)))
    #expect(asked.requests.count == 4)
  }

  @Test(
    "F31: a passing failure of each kind costs a retry, not the run",
    arguments: [408, 425, 429, 500, 502, 503, 504])
  func passing(status: Int) async throws {
    let asked = try await ask([.json("", status: status), Self.empty])
    #expect(asked.facts.requests == 1)
    #expect(asked.facts.retries == [String(status): 1])
    #expect(asked.requests.count == 2)
  }

  @Test("F32: a server in trouble for good is given up after five attempts")
  func troubleForGood() async throws {
    let error = try await failure(Array(repeating: .json("", status: 503), count: 6))
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("after 5 attempts"))
    #expect(waits.all.count == 4)
  }

  @Test(
    "F33, F34: Retry-After is honoured, in seconds and as a date",
    arguments: [
      "3", "Tue, 24 Nov 2026 00:00:03 GMT",
    ])
  func retryAfter(value: String) async throws {
    let date = ["date": "Tue, 24 Nov 2026 00:00:00 GMT"]
    _ = try await ask(
      [
        .json("[]", date), .json("", status: 503, date.merging(["retry-after": value]) { $1 }),
        Self.empty,
      ], times: 2)
    let waited = waits.all
    #expect(waited.count == 1)
    #expect(waited.allSatisfy { 3000...33_000 ~= $0 })
    #expect(told.all == waited)
  }

  @Test(
    "F35: a Retry-After that names no time to come counts for nothing",
    arguments: [
      "-1", "abc", "Tue, 24 Nov 2020 00:00:00 GMT", "",
    ])
  func uselessRetryAfter(value: String) async throws {
    _ = try await ask([.json("", status: 503, ["retry-after": value]), Self.empty])
    #expect(waits.all.allSatisfy { $0 <= 500 })
  }

  @Test("F35: a server that asks to wait for ever is left for another day")
  func endlessRetryAfter() async throws {
    let error = try await failure([.json("", status: 503, ["retry-after": "1000000000"])])
    #expect(error.exitStatus == .tryLater)
    #expect(error.description.contains("asks to wait"))
  }

  @Test("F28, F64: a page that is no JSON is asked for once more, and only once")
  func brokenJSON() async throws {
    let asked = try await ask([.json("[{"), Self.empty])
    #expect(asked.facts.retries == ["unreadable": 1])
    await #expect(throws: PageError.self) {
      _ = try await ask([.json("[{"), .json("[{")])
    }
  }

  @Test(
    "F30: after a timeout half as many rows are asked for, and more again when the server keeps up")
  func smallerPages() {
    var size = PageSize(500)
    size.shrink()
    #expect(size.rows == 250)
    for _ in 0..<4 { size.keepUp() }
    #expect(size.rows == 250)
    size.keepUp()
    #expect(size.rows == 500)
    for _ in 0..<20 { size.shrink() }
    #expect(size.rows == 10)
  }

  @Test(
    "F151: a header that echoes the credentials does not get them into the report or the journal")
  func headerEcho() async throws {
    let secret = "s3kret&word"
    let echo = "Basic RVhcYTpzM2tyZXQmd29yZA== s3kret&word s3kret%26word czNrcmV0JndvcmQ="
    let asked = try await ask(
      [.json("[]", ["x-keyfactor-product-version": echo, "x-total-count": "0"])],
      credentials: .basic(user: "EX\\a", password: Secret(secret)))
    let recorded = "\(asked.facts.productVersion ?? "") \(asked.answers.map(\.page.headers))"
    #expect(recorded.contains("(redacted)"))
    for form in ["RVhcYTpz", "s3kret", "czNrcmV0"] { #expect(!recorded.contains(form)) }
    #expect(asked.answers.map(\.total) == [0])
  }
}

/// Remembers waits instead of waiting.
private final class Waits: Sendable {
  private let milliseconds: Mutex<[Int64]> = Mutex([])

  var all: [Int64] { milliseconds.withLock { $0 } }

  func add(_ wait: Int64) {
    milliseconds.withLock { $0.append(wait) }
  }
}
