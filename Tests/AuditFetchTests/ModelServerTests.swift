import AuditModel
import Synchronization
import TestSupport
import Testing

@testable import AuditFetch

/// What a fetch says of a population that changes between its requests, held against the population's whole history.
@Suite("A fetch from a server that changes", .slow)
struct ModelServerTests {
  private static let hour: Int64 = 3_600_000
  private static let from: Int64 = 1_790_812_800_000
  private static let window = Window(
    from: Instant(milliseconds: from), to: Instant(milliseconds: from + 24 * hour), zone: .utc)
  private static let now = from + 100 * hour

  /// 500 in the usual run; all with `KFAUDIT_MODEL_SEEDS=10000`.
  private static let seeds: Range<UInt64> =
    0..<(ProcessEnvironment.number("KFAUDIT_MODEL_SEEDS") ?? 500)

  /// What the server held before each request, the last one after the last.
  private final class History: Sendable {
    private let states: Mutex<[[ModelRow]]> = Mutex([])

    var all: [[ModelRow]] { states.withLock { $0 } }

    func note(_ rows: [ModelRow]) {
      states.withLock { $0.append(rows) }
    }
  }

  /// Changes rows at random, more or less often.
  private struct Drift {
    var random: SeededGenerator
    /// Of a thousand requests, before how many something changes.
    var rate: Int
    var clock: Int64 = 0

    mutating func change(_ state: inout ModelServer.State) {
      while Int.random(in: 0..<1000, using: &random) < rate {
        clock += 1
        let largest = state.rows.last?.referenceID ?? 10
        switch Int.random(in: 0..<4, using: &random) {
        case 0: state.put(row(largest + Int64.random(in: 1...3, using: &random)))
        case 1:
          let id = Int64.random(in: 1...largest, using: &random)
          let place = state.place(of: id)
          if place >= state.rows.count || state.rows[place].referenceID != id { state.put(row(id)) }
        case 2:
          guard var row = state.rows.randomElement(using: &random) else { break }
          row.lastModified = ModelServerTests.now + clock
          row.status = ["Failed", "Running", "Complete"].randomElement(using: &random) ?? ""
          state.put(row)
        default:
          if let row = state.rows.randomElement(using: &random) { state.remove(row.referenceID) }
        }
      }
    }

    mutating func row(_ referenceID: Int64) -> ModelRow {
      var row = ModelRow(
        referenceID,
        start: ModelServerTests.from + Int64.random(in: -20...40, using: &random)
          * ModelServerTests.hour)
      row.lastModified = ModelServerTests.now + clock
      return row
    }
  }

  /// A run of the fetch.
  private struct Run {
    var outcome: FetchOutcome
    var history: [[ModelRow]]
    /// The rows to be reported: of several versions the newest, by modification, then by position.
    var reported: [Int64: ModelRow]
    var largest: Int64
  }

  private static func fetch(
    from server: ModelServer, into store: MemoryStore = MemoryStore(), pageSize: Int,
    concurrency: Int
  ) async throws -> FetchOutcome {
    var plan = FetchPlan(
      connection: Connection(
        server: ServerAddress(
          scheme: "https", host: "kf.example", port: nil, path: "/KeyfactorAPI"),
        credentials: .basic(user: "a", password: Secret("b"))),
      window: window, pageSize: pageSize)
    plan.concurrency = concurrency
    return try await InstanceFetcher(
      plan: plan, toolVersion: "test", network: server.network
    ).fetch(into: store)
  }

  private func run(seed: UInt64) async throws -> Run {
    var random = SeededGenerator(seed: seed)
    let rates = [0, 5, 30, 100, 300, 700]
    var drift = Drift(random: random, rate: rates[Int(seed % 6)])
    var id: Int64 = 0
    let rows = (0..<Int.random(in: 0...60, using: &random)).map { _ -> ModelRow in
      id += Int64.random(in: 1...4, using: &random)
      return drift.row(id)
    }
    let history = History()
    let drifting = Mutex(drift)
    let server = ModelServer(rows, now: Self.now) { _, _, state in
      drifting.withLock { $0.change(&state) }
      history.note(state.rows)
      return nil
    }
    let store = MemoryStore()
    let outcome = try await Self.fetch(
      from: server, into: store, pageSize: Int.random(in: 1...12, using: &random),
      concurrency: Int.random(in: 1...8, using: &random))
    var reported: [Int64: ModelRow] = [:]
    let versions = Dictionary(
      uniqueKeysWithValues: Set(history.all.joined()).map { ($0.json(statusAsInteger: false), $0) })
    for content in outcome.contents {
      let body = store.body(of: content)
      for identity in try PageScan.rows(of: body, page: "") {
        let row = try #require(versions[String(decoding: body[identity.range], as: UTF8.self)])
        if let known = reported[row.referenceID], known.lastModified > row.lastModified { continue }
        reported[row.referenceID] = row
      }
    }
    let bound = Self.bounds(of: server).max()
    return Run(
      outcome: outcome, history: history.all, reported: reported, largest: bound ?? 0)
  }

  @Test(
    "No persistent instance is missed, no unflagged row is wrong, and proved is proved",
    arguments: seeds)
  func truth(seed: UInt64) async throws {
    let run = try await run(seed: seed)
    let wide = Self.window.widened(byHours: 26)
    func population(_ rows: [ModelRow]) -> [Int64: ModelRow] {
      Dictionary(
        uniqueKeysWithValues: rows.filter {
          $0.referenceID <= run.largest && wide.contains(Instant(milliseconds: $0.start))
        }.map { ($0.referenceID, $0) })
    }
    let states = run.history.map(population)
    let persistent = states.reduce(Set(states.first?.keys.map { $0 } ?? [])) {
      $0.intersection($1.keys)
    }
    for id in persistent { #expect(run.reported[id] != nil, "\(id) is missed") }

    let flagged = Set(run.outcome.changes.map(\.referenceId))
    func unflagged(_ rows: [Int64: ModelRow]) -> [Int64: ModelRow] {
      rows.filter { !flagged.contains($0.key) }
    }
    switch run.outcome.verdict {
    case .proved:
      #expect(flagged.isEmpty)
      #expect(Self.stood(run.reported, in: states), "no instant had these rows")
    case .provedWithChanges:
      #expect(!flagged.isEmpty)
      #expect(
        Self.stood(unflagged(run.reported), in: states.map(unflagged)),
        "no instant had the unflagged rows")
    case .unproved: #expect(!run.outcome.reasons.isEmpty)
    case .incomplete: Issue.record("a fetch that ended is not incomplete")
    }
  }

  @Test(
    "F109: a page more costs two requests, everything else at most fifteen, up to four side by side",
    arguments: [0, 1, 499, 500, 501, 2000, 20_000], [1, 4])
  func requests(count: Int, concurrency: Int) async throws {
    let rows = (0..<Int64(count)).map { (index: Int64) -> ModelRow in
      // Uneven ids, as a database gives them.
      let unevenness: Int64 = index % 7 / 3
      return ModelRow(1000 + 3 * index + unevenness, start: Self.from + index * 1000)
    }
    let server = ModelServer(rows, now: Self.now)
    let outcome = try await Self.fetch(from: server, pageSize: 500, concurrency: concurrency)
    #expect(outcome.verdict == .proved)
    #expect(outcome.rows == count)
    #expect(server.requests.count <= 2 * ((count + 499) / 500) + 15)
  }

  @Test("Eight readers share what lies in one of their parts, and the reads prove it")
  func sharing() async throws {
    let server = ModelServer(
      (1...2000).map { ModelRow($0, start: Self.from) } + [ModelRow(80_000, start: Self.from)],
      now: Self.now)
    let outcome = try await Self.fetch(from: server, pageSize: 10, concurrency: 8)
    #expect(outcome.verdict == .proved)
    #expect(outcome.rows == 2001)
    // All rows of the first part, which reaches through 10,000, lie below 2,001.
    #expect(Self.bounds(of: server).contains { (4000..<10_000).contains($0) })
  }

  /// The largest reference id that each request asks for, where it names one.
  private static func bounds(of server: ModelServer) -> [Int64] {
    server.requests.compactMap { asked in
      asked.filter.firstRange(of: "ReferenceId -le ").flatMap {
        Int64(asked.filter[$0.upperBound...])
      }
    }
  }

  /// Whether there was an instant at which the population had these rows, and none else but such as came after the
  /// first read had passed them and were gone before the second one came: no read can see those.
  private static func stood(
    _ rows: [Int64: ModelRow], in states: [[Int64: ModelRow]]
  ) -> Bool {
    states.indices.contains { (instant: Int) -> Bool in
      let state = states[instant]
      return rows.allSatisfy { state[$0.key] == $0.value }
        && state.keys.allSatisfy { id in
          rows[id] != nil
            || states[..<instant].contains { $0[id] == nil }
              && states[instant...].contains { $0[id] == nil }
        }
    }
  }
}
