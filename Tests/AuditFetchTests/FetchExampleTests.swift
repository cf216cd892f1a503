import AuditModel
import TestSupport
import Testing

@testable import AuditFetch

@Suite("The examples of fetching")
struct FetchExampleTests {
  private static let from: Int64 = 1_790_812_800_000

  private func page(_ ids: Int64...) -> [RowIdentity] {
    ids.map {
      RowIdentity(
        referenceID: $0, id: InstanceID(high: 0, low: UInt64($0)), start: nil, range: 0..<1)
    }
  }

  @Test("A walk asks beyond the last row until a page holds all that the server counts")
  func walk() throws {
    var walk = PageWalk(ReferenceRange(after: 0, through: 99), askedWindow: nil)
    var step = walk.start  // .ask(after: 0)
    step = try walk.receive(page(4, 7), asked: 2, total: 3)  // .ask(after: 7)
    step = try walk.receive(page(9), asked: 2, total: 1)  // .end
    #expect(step == .end)
  }

  @Test("A fetch fills a store, and its outcome names the contents to read from it")
  func fetch() async throws {
    let server = ModelServer(
      (1...3).map { ModelRow($0, start: Self.from + $0 * 60_000) }, now: Self.from + 172_800_000)
    let from = Instant(milliseconds: Self.from)
    let plan = FetchPlan(
      connection: Connection(
        server: ServerAddress(scheme: "http", host: "model", port: nil, path: "/KeyfactorAPI"),
        credentials: .basic(user: "u", password: Secret("p"))),
      window: Window(from: from, to: from.advanced(byMilliseconds: 86_400_000), zone: .utc),
      pageSize: 10)
    let store = MemoryStore()
    let fetcher = InstanceFetcher(plan: plan, toolVersion: "1.0.0", network: server.network)
    let outcome = try await fetcher.fetch(into: store)
    let rows = try outcome.contents.flatMap { content in
      try PageScan.rows(of: store.body(of: content), page: "page \(content)")
    }
    #expect(outcome.verdict == .proved)
    #expect(rows.map(\.referenceID) == [1, 2, 3])
  }
}
