import AuditModel
import Synchronization
import TestSupport

@testable import AuditFetch

/// Answers requests from a list, and remembers them.
final class ScriptedTransport: HTTPTransport {
  private let answers: Mutex<[Result<HTTPResponseValue, TransportError>]>
  private let received: Mutex<[HTTPRequestValue]> = Mutex([])

  init(_ answers: [HTTPResponseValue]) {
    self.answers = Mutex(answers.map { .success($0) })
  }

  var requests: [HTTPRequestValue] { received.withLock { $0 } }

  func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue {
    received.withLock { $0.append(request) }
    let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let answer else {
      throw .unreachable(place: "script", reason: "an unexpected request")
    }
    return try answer.get()
  }
}

extension HTTPResponseValue {
  static func token(_ token: String, lifetime: Double?) -> Self {
    let expiry = lifetime.map { ",\"expires_in\":\($0)" } ?? ""
    return .json("{\"access_token\":\"\(token)\",\"token_type\":\"Bearer\"\(expiry)}")
  }
}

extension ServerSession {
  /// A session of the first day of October with a server that answers from a list; waits take no time.
  static func scripted(
    _ transport: ScriptedTransport, credentials: Credentials, deadline: Int64 = 1800,
    wait: @escaping @Sendable (Int64) -> Void = { _ in },
    watch: @escaping @Sendable (FetchEvent) -> Void = { _ in }
  ) -> ServerSession {
    let from = Instant(milliseconds: 1_790_812_800_000)
    let server = ServerAddress(
      scheme: "https", host: "kf.example", port: nil, path: "/KeyfactorAPI")
    var plan = FetchPlan(
      connection: Connection(server: server, credentials: credentials),
      window: Window(from: from, to: from.advanced(byMilliseconds: 86_400_000), zone: .utc),
      pageSize: 2)
    plan.deadlineSeconds = deadline
    return ServerSession(
      plan,
      exchange: InstanceExchange(
        server: server, userAgent: "kfaudit/test", transport: transport,
        authoriser: Authoriser(
          credentials: credentials, transport: transport, now: { ContinuousClock().now })),
      clock: FetchClock(wait: { wait($0) }), random: SeededGenerator(seed: 1), watch: watch)
  }
}
