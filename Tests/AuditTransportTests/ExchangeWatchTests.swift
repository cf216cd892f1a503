import Testing

@testable import AuditTransport

@Suite("The limits of an exchange")
struct ExchangeWatchTests {
  /// How long each part may take, in milliseconds, and which limit is broken first.
  struct Case: Sendable, CustomTestStringConvertible {
    var firstByte: Int64
    var idle: Int64
    var request: Int64
    var hasProgress = false
    var limit: String

    var testDescription: String { "\(firstByte), \(idle), \(request), \(hasProgress)" }
  }

  private static let never: Int64 = 3_600_000

  @Test(
    "The limit that is broken first is told, and a piece of the answer starts it anew",
    arguments: [
      Case(firstByte: 0, idle: never, request: never, limit: "first byte 0 s"),
      Case(firstByte: 1, idle: never, request: never, limit: "first byte 1 ms"),
      Case(firstByte: never, idle: never, request: 0, limit: "request 0 s"),
      Case(firstByte: never, idle: 0, request: 1, limit: "request 1 ms"),
      Case(firstByte: never, idle: 0, request: never, hasProgress: true, limit: "idle 0 s"),
      Case(firstByte: 0, idle: 1, request: never, hasProgress: true, limit: "idle 1 ms"),
      Case(firstByte: 0, idle: never, request: 0, hasProgress: true, limit: "request 0 s"),
    ])
  func limits(of exchange: Case) async throws {
    var limits = TransportLimits()
    limits.firstByteMilliseconds = exchange.firstByte
    limits.idleMilliseconds = exchange.idle
    limits.requestMilliseconds = exchange.request
    let watch = ExchangeWatch(limits)
    if exchange.hasProgress { watch.progress() }
    #expect(try await watch.expiry() == exchange.limit)
  }

  @Test("Waiting ends when the exchange is over")
  func cancelled() async throws {
    let watch = ExchangeWatch(TransportLimits())
    await #expect(throws: CancellationError.self) {
      try await withThrowingTaskGroup(of: String.self) { group in
        group.addTask { try await watch.expiry() }
        group.cancelAll()
        _ = try await group.next()
      }
    }
  }

  @Test(
    "A user's limit holds for the whole and shortens the parts, but lengthens no idle one",
    arguments: [
      (nil, 60_000, 30_000, 120_000), (0, 0, 0, 0), (1, 1000, 1000, 1000),
      (29, 29_000, 29_000, 29_000), (30, 30_000, 30_000, 30_000), (31, 31_000, 30_000, 31_000),
      (3600, 3_600_000, 30_000, 3_600_000),
    ] as [(Int?, Int64, Int64, Int64)])
  func userLimit(seconds: Int?, firstByte: Int64, idle: Int64, request: Int64) {
    let limits = TransportLimits(timeoutSeconds: seconds)
    #expect(limits.firstByteMilliseconds == firstByte)
    #expect(limits.idleMilliseconds == idle)
    #expect(limits.requestMilliseconds == request)
    #expect(limits.connectMilliseconds == 10_000)
  }

  @Test(
    "A time is told in seconds where it is whole ones",
    arguments: [
      (0, "0 s"), (1, "1 ms"), (999, "999 ms"), (1000, "1 s"), (1001, "1001 ms"), (60_000, "60 s"),
    ] as [(Int64, String)])
  func text(milliseconds: Int64, text: String) {
    #expect(ExchangeWatch.text(milliseconds) == text)
  }
}
