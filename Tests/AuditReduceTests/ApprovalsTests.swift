import Foundation
import Testing

@testable import AuditModel
@testable import AuditReduce

@Suite("approvals")
struct ApprovalsTests {
  private static let pki = User(named: Name("CORP\\pki"))

  private static func decision(
    _ referenceID: Int64, by approver: String = "CORP\\pki", after milliseconds: Int64 = 500,
    _ outcome: Decision.Outcome = .approved, line: Int = 2
  ) -> Decision {
    Decision(
      ids: [], referenceID: referenceID, approver: User(named: Name(approver)),
      at: Instant(milliseconds: Sample.origin + milliseconds), outcome: outcome, line: line)
  }

  /// The metric over samples whose definition asks for approval.
  private func approvals(
    _ samples: [Sample], _ decisions: [Decision], calendar: BusinessCalendar? = nil
  ) throws -> ApprovalsDocument {
    var reduction = Reduction()
    reduction.metrics = [ApprovalsMetric.key]
    reduction.settings.approvalDefinitions = [Name("d1")]
    reduction.settings.calendar = calendar
    reduction.decisions = DecisionIndex([.of(decisions)])
    return try #require(reduction.metrics(samples)[ApprovalsDocument.self])
  }

  @Test("Coverage counts finished instances of definitions that ask for approval")
  func coverage() throws {
    let samples = [
      Sample(1), Sample(2), Sample(3) { $0.status = .failed },
      Sample(4) { $0.status = .suspended },
      Sample(5) { $0.definitionID = "d2" },
      Sample(6) { $0.status = .canceledForRestart },
    ]
    let found = try approvals(samples, [1, 3, 4, 5, 6, 99].map { Self.decision($0) })
    #expect(found.required == 3)
    #expect(found.decided == 2)
    #expect(found.coverage == WilsonInterval.rate(2, of: 3))
    #expect(found.decisions.map(\.referenceID) == [1, 3, 4, 5, 6])
    #expect(found.decisions.map(\.counts) == [true, true, false, false, false])
    #expect(found.unlinked == 1)
  }

  @Test("Only DOMAIN\\user is folded when approver and requester are compared")
  func ownRequests() throws {
    let samples = [
      Sample(1) { $0.user = "CORP\\Alice" }, Sample(2) { $0.user = "alice@corp.example" },
      Sample(3) { $0.user = "CORP\\alice" }, Sample(4) { $0.user = nil },
    ]
    let found = try approvals(
      samples,
      [
        Self.decision(1, by: "corp\\aLICE"), Self.decision(2, by: "Alice@corp.example"),
        Self.decision(3, by: "OTHER\\alice"), Self.decision(4, by: "CORP\\alice"),
        // A second approver makes it nobody else's.
        Self.decision(1),
      ])
    #expect(found.selfDecided == [1])
    #expect(found.withoutUser == 1)
    let own = try #require(ApprovalsDocument.figures.first { $0.name == "approvals.selfDecided" })
    #expect(found.caveat(on: own) == "1 of 4 covered requests has no known requester")
    #expect(found.decisions.filter { $0.referenceID == 4 }.map(\.isOwn) == [nil])
    #expect(found.values(of: own).map(\.value) == [1])
    let unknown = try approvals([Sample(4) { $0.user = nil }], [Self.decision(4)])
    #expect(unknown.values(of: own).map(\.value) == [nil])
  }

  @Test("The earliest rejection ends the matter, else the latest approval")
  func deciding() throws {
    let samples = [Sample(1), Sample(2), Sample(3)].map { sample in
      var sample = sample
      sample.lasts(60_000)
      return sample
    }
    let found = try approvals(
      samples,
      [
        Self.decision(1, after: 10_000), Self.decision(1, by: "CORP\\b", after: 30_000),
        Self.decision(2, after: 50_000), Self.decision(2, by: "CORP\\b", after: 20_000, .rejected),
        Self.decision(2, by: "CORP\\c", after: 25_000, .rejected),
        // Before the start: no time to decide can be made of it.
        Self.decision(3, after: -1),
      ])
    let times = try #require(found.decisionTime.first).figures
    #expect(times.completedOnly.n == 2)
    #expect(times.completedOnly.max == 30_000)
    #expect(times.completedOnly.p50 == 25_000)
    #expect(times.terminal == 3)
    #expect(found.beforeStart == 1)
    #expect(found.decided == 3)
    #expect(
      found.decisions.filter(\.isDeciding).map { $0.decision.at.milliseconds - Sample.origin }
        == [30_000, 20_000, -1])
  }

  @Test("Open and restarted instances are seen for as long as they were, whatever was decided")
  func censored() throws {
    let samples = [
      Sample(1), Sample(2) { $0.status = .suspended },
      Sample(3) {
        $0.status = .canceledForRestart
        $0.lasts(9000)
      },
      // Ended without a decision: in neither.
      Sample(4),
    ]
    let found = try approvals(samples, [Self.decision(1), Self.decision(2)])
    let estimate = try #require(found.decisionTime.first).figures.kaplanMeier
    #expect(estimate.events == 1)
    #expect(estimate.censorings == [9000, Double(30 * Sample.day)])
  }

  @Test("A decision counts once, however often and by whichever ID it is written")
  func duplicates() throws {
    var byID = Self.decision(1, line: 9)
    byID.ids = [InstanceID(high: 0, low: 1)]
    byID.referenceID = nil
    var spelled = Self.decision(1, by: "corp\\PKI", line: 4)
    spelled.comment = Name("again")
    let found = try approvals([Sample(1)], [byID, Self.decision(1, line: 3), spelled])
    #expect(found.decisions.map(\.decision.line) == [3])
    #expect(found.duplicates == 2)
    #expect(found.unlinked == 0)
    #expect(found.rows == 3)
  }

  @Test("A row that names several instances is a decision on each of them")
  func severalInstances() throws {
    var both = Self.decision(1)
    both.referenceID = nil
    both.ids = [1, 2, 77].map { InstanceID(high: 0, low: $0) }
    let found = try approvals([Sample(1), Sample(2)], [both])
    #expect(found.decisions.map(\.referenceID) == [1, 2])
    #expect(found.decided == 2)
    #expect(found.unlinked == 0)
  }

  @Test(
    "A row with the GUID of one instance and the reference ID of another is reported by its line")
  func contradiction() throws {
    var wrong = Self.decision(2, line: 17)
    wrong.ids = [InstanceID(high: 0, low: 1)]
    let found = try approvals([Sample(1), Sample(2)], [wrong])
    #expect(found.contradictions == [17, 17])
    #expect(found.decisions.isEmpty)
  }

  @Test(
    "Where nothing is decided, that no decision is odd is no figure; one that is odd is",
    arguments: [
      (nil, false), (0, true), (-1, true), (9_999_999, true),
    ] as [(after: Int?, hasValue: Bool)])
  func undecided(after milliseconds: Int?, hasValue: Bool) throws {
    let decision = milliseconds.map { Self.decision(1, after: Int64($0)) } ?? Self.decision(99)
    let found = try approvals([Sample(1)], [decision])
    for name in ["afterEnd", "beforeStart"] {
      let figure = try #require(ApprovalsDocument.figures.first { $0.name == "approvals.\(name)" })
      let value = try #require(found.values(of: figure).first)
      #expect((value.value != nil) == hasValue && value.n == (hasValue ? 1 : 0), "\(name)")
    }
    // On a request that is open, or asks for no approval.
    let open = try approvals(
      [Sample(1) { $0.status = .suspended }], [Self.decision(1, after: -1)])
    #expect(open.decided == 0)
    for (name, expected) in [("afterEnd", nil), ("beforeStart", 1)] as [(String, Double?)] {
      let figure = try #require(ApprovalsDocument.figures.first { $0.name == "approvals.\(name)" })
      #expect(open.values(of: figure).map(\.value) == [expected], "\(name)")
    }
  }

  @Test("Five minutes after the last activity is not yet after the end")
  func afterEnd() throws {
    let samples = [1, 2, 3].map { Sample($0) } + [Sample(4) { $0.status = .suspended }]
    let found = try approvals(
      samples,
      [
        Self.decision(1, after: 301_000), Self.decision(2, after: 301_001),
        Self.decision(4, after: Sample.day),
      ])
    #expect(found.decisions.map(\.isAfterEnd) == [false, true, nil])
    #expect(found.afterEnd == 1)
    #expect(found.outsideHours == nil)
  }

  @Test("Opening hours are those of the configured calendar")
  func outsideHours() throws {
    // 1 October 2026 is a Thursday.
    let calendar = BusinessCalendar(
      zone: .utc, hours: Array(repeating: [9 * Sample.hour..<17 * Sample.hour], count: 7),
      holidays: [])
    let found = try approvals(
      [Sample(1), Sample(2)],
      [Self.decision(1, after: 9 * Sample.hour), Self.decision(2, after: 17 * Sample.hour)],
      calendar: calendar)
    #expect(found.outsideHours == 1)
  }

  @Test("Shares are those of all pairs of an approver and a request")
  func deciders() throws {
    let found = try approvals(
      [Sample(1), Sample(2), Sample(3)],
      [
        Self.decision(1, by: "CORP\\a"), Self.decision(2, by: "corp\\A"),
        Self.decision(2, by: "CORP\\A", after: 600), Self.decision(2, by: "CORP\\b"),
        Self.decision(3, by: "CORP\\b"),
      ])
    #expect(
      found.deciders
        == [.init(approver: "CORP\\a", decided: 2), .init(approver: "CORP\\b", decided: 2)])
    #expect(found.top(1) == 0.5)
    #expect(found.concentration == 0.5)
  }

  /// Twenty, or as many as `KFAUDIT_ORACLE_SEEDS` says.
  private static let seeds =
    0..<(ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_SEEDS"].flatMap(Int.init) ?? 20)

  @Test(
    "The counts are those of a search through every pair of instance and decision", arguments: seeds
  )
  func bruteForce(seed: Int) throws {
    let population = try RandomPopulation(seed: seed)
    var reduction = population.reduction
    reduction.metrics = [ApprovalsMetric.key, ApprovalLatencyMetric.key]
    let metrics = reduction.metrics(population.samples)
    let found = try #require(metrics[ApprovalsDocument.self])
    let bearing = Set(try #require(metrics.approvalLatency).definitions)
    let decisions = try #require(reduction.decisions).decisions
    func fits(_ decision: Decision, _ sample: Sample) -> Bool {
      decision.referenceID == sample.referenceID
        || decision.ids.contains { $0.low == UInt64(sample.referenceID) }
    }
    func folded(_ name: String) -> String {
      guard name.contains("\\") else { return name }
      return String(
        String.UnicodeScalarView(
          name.unicodeScalars.map { "A"..."Z" ~= $0 ? Unicode.Scalar(UInt8($0.value) + 32) : $0 }))
    }
    struct Once: Hashable {
      var referenceID: Int64
      var approver: [UInt8]
      var at: Int64
      var outcome: String
    }
    var linked: Set<Once> = []
    var (required, decided, own) = (0, 0, [Int64]())
    for sample in population.samples {
      let on = decisions.filter { fits($0, sample) }
      for decision in on {
        linked.insert(
          Once(
            referenceID: sample.referenceID,
            approver: Array(folded(decision.approver.spelling.string).utf8),
            at: decision.at.milliseconds, outcome: decision.outcome.rawValue))
      }
      guard [.complete, .failed, .rejected].contains(sample.status),
        let definition = sample.definitionID, bearing.contains(definition)
      else { continue }
      required += 1
      if on.isEmpty { continue }
      decided += 1
      let isOwn = on.contains { decision in
        sample.user.map {
          Array(folded($0).utf8) == Array(folded(decision.approver.spelling.string).utf8)
        } ?? false
      }
      if isOwn { own.append(sample.referenceID) }
    }
    #expect(found.required == required)
    #expect(found.decided == decided)
    #expect(found.decisions.count == linked.count)
    #expect(found.selfDecided == own.sorted())
    #expect(found.contradictions.isEmpty)
  }
}
