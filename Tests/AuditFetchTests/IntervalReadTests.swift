import AuditModel
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import AuditFetch

@Suite("Asking for a page while the one before is being kept", .timeLimit(.minutes(5)))
struct IntervalReadTests {
  private static let from: Int64 = 1_790_812_800_000
  private static let pageSize = 10

  /// A store that cannot keep one of its pages, or takes its time.
  private struct FailingStore: PageStore {
    struct Failure: Error {}

    let pages = MemoryStore()
    var keepable = Int.max
    /// Called before a page is kept, with how many are.
    var delay: @Sendable (FetchedPage, Int) -> Void = { _, _ in }
    let resumed: [ResumedPage] = []

    func keep(_ page: FetchedPage) throws -> Int {
      delay(page, pages.pages.count)
      guard pages.pages.count < keepable else { throw Failure() }
      return pages.keep(page)
    }

    func keep(_ definition: FetchedDefinition) throws { throw Failure() }

    func body(of content: Int) -> [UInt8] { pages.body(of: content) }
  }

  /// A server that answers a number of requests for pages, and leaves whoever asks for more waiting.
  private final class SilentServer: HTTPTransport, TransportFactory {
    private let server: ModelServer
    private let answered: Int
    private let asked = Mutex(0)
    /// Called when a request is left waiting.
    private let waiting: @Sendable () -> Void

    init(answering count: Int, waiting: @escaping @Sendable () -> Void = {}) {
      let rows = (0..<100).map { (index: Int64) in
        ModelRow(101 + index, start: IntervalReadTests.from + index * 60_000)
      }
      server = ModelServer(rows, now: IntervalReadTests.from + 400 * 3_600_000)
      answered = count
      self.waiting = waiting
    }

    var network: Network { Network(transports: self, clock: server.network.clock) }

    /// Waits until more pages than this were asked for; whether they were.
    ///
    /// As long as a test may take: other tests can have the threads that whoever asks needs.
    func waits(forMoreThan count: Int) -> Bool {
      for _ in 0..<60_000 {
        if asked.withLock({ $0 > count }) { return true }
        usleep(1000)
      }
      return false
    }

    func with<Value>(
      _ connection: Connection, proxy: ProxyAddress?,
      _ body: (any HTTPTransport) async throws -> Value
    ) async throws -> Value {
      try await body(self)
    }

    func send(
      _ request: HTTPRequestValue
    ) async throws(TransportError) -> HTTPResponseValue {
      let isPage = request.url.contains("eturnLimit=\(IntervalReadTests.pageSize)&")
      let number = asked.withLock { asked in
        if isPage { asked += 1 }
        return asked
      }
      guard isPage, number > answered else { return try server.answer(to: request) }
      waiting()
      do {
        try await Task.sleep(for: .seconds(3600))
      } catch {
        // Whoever asked has gone.
      }
      throw .unreachable(place: "kf.example:443", reason: "nobody waits any more")
    }
  }

  private static func fetch(
    from server: SilentServer, into store: FailingStore
  ) async throws -> FetchOutcome {
    let plan = FetchPlan(
      connection: Connection(
        server: ServerAddress(scheme: "https", host: "kf.example", port: nil, path: ""),
        credentials: .basic(user: "a", password: Secret("b"))),
      window: Window(
        from: Instant(milliseconds: from), to: Instant(milliseconds: from + 24 * 3_600_000),
        zone: .utc),
      pageSize: pageSize)
    return try await InstanceFetcher(plan: plan, toolVersion: "test", network: server.network)
      .fetch(into: store)
  }

  @Test("A page that cannot be kept ends the read, though the next is still being waited for")
  func keepFails() async throws {
    let store = FailingStore(keepable: 2)
    await #expect(throws: FailingStore.Failure.self) {
      try await Self.fetch(from: SilentServer(answering: 3), into: store)
    }
    #expect(store.pages.pages.count == 2)
  }

  @Test("The second read asks for what follows a page before that page is kept")
  func secondRead() async throws {
    let server = SilentServer(answering: .max)
    let late = Mutex(0)
    let store = FailingStore { page, kept in
      // The last page, which is read first, has only an empty one behind it.
      guard page.purpose == .read(2), page.rows > 0, page.after < 180 else { return }
      if !server.waits(forMoreThan: kept + 1) { late.withLock { $0 += 1 } }
    }
    let outcome = try await Self.fetch(from: server, into: store)
    #expect(outcome.verdict == .proved)
    #expect(late.withLock { $0 } == 0)
  }

  @Test("A server that goes silent has its last page kept; whoever cancels need not wait for it")
  func cancellation() async throws {
    let store = FailingStore()
    let (silence, silent) = AsyncStream.makeStream(of: Void.self)
    await #expect(throws: CancellationError.self) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          _ = try await Self.fetch(
            from: SilentServer(answering: 3) { silent.yield() }, into: store)
        }
        for await _ in silence { break }
        group.cancelAll()
        try await group.next()
      }
    }
    #expect(store.pages.pages.map(\.after) == [0, 110, 120])
  }
}
