import AuditModel
import Synchronization
import TestSupport
import Testing

@testable import AuditFetch

@Suite("Access tokens")
struct TokenSourceTests {
  private static let client = ClientCredentials(
    id: "id", secret: Secret("s&cret"), tokenURL: "https://idp.example/token",
    scopes: ["a", "b"], audience: "api")

  /// A clock that moves only when told.
  private final class Clock: Sendable {
    private let offset: Mutex<Duration> = Mutex(.zero)
    private let start = ContinuousClock().now

    var now: ContinuousClock.Instant { start + offset.withLock { $0 } }

    func advance(seconds: Double) {
      offset.withLock { $0 += .milliseconds(Int64(seconds * 1000)) }
    }
  }

  private func source(
    _ answers: [HTTPResponseValue]
  ) -> (TokenSource, ScriptedTransport, Clock) {
    let transport = ScriptedTransport(answers)
    let clock = Clock()
    let source = TokenSource(client: Self.client, transport: transport, now: { clock.now })
    return (source, transport, clock)
  }

  @Test("A token is asked for once, as a form, with scopes and audience")
  func form() async throws {
    let (source, transport, _) = source([.token("t1", lifetime: 3600)])
    #expect(try await source.token() == Secret("t1"))
    #expect(try await source.token() == Secret("t1"))
    let request = try #require(transport.requests.first)
    #expect(transport.requests.count == 1)
    #expect(request.method == .post)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=client_credentials&client_id=id&client_secret=s%26cret&scope=a%20b&audience=api"
    )
  }

  @Test(
    "A token is renewed before it expires: a minute, or a tenth of a short life",
    arguments: [(3600.0, 3539.0, 3541.0), (100, 89, 91), (nil, 269, 271)]
      as [(Double?, Double, Double)])
  func expiry(lifetime: Double?, fresh: Double, stale: Double) async throws {
    let (source, transport, clock) = source([
      .token("t1", lifetime: lifetime), .token("t2", lifetime: lifetime),
    ])
    _ = try await source.token()
    clock.advance(seconds: fresh)
    #expect(try await source.token() == Secret("t1"))
    clock.advance(seconds: stale - fresh)
    #expect(try await source.token() == Secret("t2"))
    #expect(transport.requests.count == 2)
  }

  @Test("A refused token is replaced, once, however many requests it was refused to")
  func refusal() async throws {
    let (source, transport, _) = source([
      .token("t1", lifetime: 3600), .token("t2", lifetime: 3600),
    ])
    let first = try await source.token()
    async let one = source.token(replacing: first)
    async let two = source.token(replacing: first)
    let renewed = try await [one, two]
    #expect(renewed == [Secret("t2"), Secret("t2")])
    #expect(transport.requests.count == 2)
  }

  @Test(
    "A token endpoint that gives no token is answered with the status it deserves",
    arguments: [
      (.json(#"{"error":"invalid_client"}"#, status: 401), .refused),
      (.json(#"{"error":"invalid_client"}"#, status: 400), .refused),
      (.json(#"{"token_type":"Bearer"}"#), .refused),
      (.json(#"{"access_token":"a","expires_in":"soon"}"#), .refused),
      (.token("a", lifetime: -1), .refused),
      (.token("", lifetime: 60), .refused),
      (.token("a b", lifetime: 60), .refused),
      (.json("", status: 404), .brokenProtocol),
      (.json("", status: 302, ["location": "https://evil.example/"]), .brokenProtocol),
      (.json("", status: 503), .unreachable),
      (.json("<html>", status: 503, ["content-type": "text/html"]), .unreachable),
      (.json("", status: 429), .tryLater),
      (.json("<html>", ["content-type": "text/html"]), .brokenProtocol),
    ] as [(HTTPResponseValue, AuditModel.ExitStatus)])
  func failures(answer: HTTPResponseValue, status: AuditModel.ExitStatus) async throws {
    let (source, _, _) = source([answer])
    let error = try await #require(throws: FetchError.self) { _ = try await source.token() }
    #expect(error.exitStatus == status)
    #expect(!error.description.contains("s&cret"))
  }

  @Test("A lifetime that no clock can hold is a day")
  func endlessLifetime() async throws {
    let (source, transport, clock) = source([
      .json(#"{"access_token":"t1","expires_in":1e300}"#), .token("t2", lifetime: 60),
    ])
    #expect(try await source.token() == Secret("t1"))
    clock.advance(seconds: 86_400)
    #expect(try await source.token() == Secret("t2"))
    #expect(transport.requests.count == 2)
  }

  @Test(
    "F152: a token endpoint that echoes the secret, at the cut or in another form, does not show it"
  )
  func echo() async throws {
    for echo in [String(repeating: ".", count: 197) + "s&cret", "client_secret=s%26cret"] {
      let (source, _, _) = source([.json(echo, status: 401)])
      let error = try await #require(throws: FetchError.self) { _ = try await source.token() }
      #expect(!error.description.contains("s&c"))
      #expect(!error.description.contains("s%26c"))
    }
  }

  @Test(
    "A token in an answer of another status is refused, and not shown", arguments: [201, 203, 400])
  func strangeStatus(status: Int) async throws {
    let (source, _, _) = source([
      .json(#"{"access_token":"eyJhbGciOiJub25lIn0.e30.","error":"eyJhbGciOi"}"#, status: status)
    ])
    let error = try await #require(throws: FetchError.self) { _ = try await source.token() }
    #expect(error.description.contains("(status \(status))"))
    #expect(!error.description.contains("eyJ"), "\(error.description)")
  }
}
