import TestSupport
import Testing

@testable import AuditModel

@Suite("Packs side by side")
struct HistoryDocumentTests {
  private static func window(
    _ from: String, _ to: String, _ zone: CivilZone = .utc
  ) throws -> Window {
    let ends = try [from, to].map { zone.start(of: try #require(CivilDate($0))) }
    return Window(from: ends[0], to: ends[1], zone: zone)
  }

  private static func pack(
    _ window: Window, _ results: [String: GateDocument.Result]? = [:], revision: Int = 1
  ) -> HistoryPack {
    let checks = results?.sorted { $0.key < $1.key }.map { id, result in
      HistoryPack.Check(
        id: id, title: id, severity: "low", result: result, observed: "", reason: "")
    }
    let none = HistoryFigures.Group(instances: 0, completed: 0, failed: 0, rejected: 0, open: 0)
    return HistoryPack(
      name: PackName(window: window.name, .revision(revision)), window: window, files: .fit,
      report: checks.map { checks in
        HistoryPack.Report(
          figures: HistoryFigures(all: none, byWorkflowType: [], serviceLevels: []), checks: checks,
          followUp: [])
      })
  }

  private static func days(_ numbers: [Int64], zone: CivilZone = .utc) -> [HistoryPack] {
    numbers.map { number in
      let ends = [number, number + 1].map { zone.start(of: CivilDate(dayNumber: 20_000 + $0)) }
      return pack(Window(from: ends[0], to: ends[1], zone: zone))
    }
  }

  @Test("Missing days are those between the first and the last that nobody has", arguments: 1...40)
  func missingDays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Over a change of the clocks, where days have 23 and 25 hours.
    let zone = try #require(CivilZone(identifier: "Europe/Berlin"))
    let present = (0..<400 as Range<Int64>).filter { _ in Int.random(in: 0..<10, using: &random) > 2
    }
    let history = HistoryDocument(
      toolVersion: "1", packs: Self.days(present.shuffled(using: &random), zone: zone))
    let (first, last) = (present.min() ?? 0, present.max() ?? 0)
    let absent = (first...last).filter { !present.contains($0) }
    #expect(history.missingPeriods == absent.count)
    let listed = history.missing.flatMap { gap -> [Int64] in
      guard let (first, end) = gap.window.wholeDays else { return [] }
      return (first.dayNumber..<end.dayNumber).map { $0 - 20_000 }
    }
    #expect(listed == absent)
    #expect(history.overlaps.isEmpty)
  }

  @Test("Months, weeks and parts of days are counted by the length of the pack before")
  func lengths() throws {
    func missing(_ periods: (String, String)...) throws -> [Int] {
      let packs = try periods.map { Self.pack(try Self.window($0.0, $0.1)) }
      return HistoryDocument(toolVersion: "1", packs: packs).missing.map(\.periods)
    }
    #expect(
      try missing(
        ("2026-01-01", "2026-02-01"), ("2026-03-01", "2026-04-01"), ("2026-07-01", "2026-08-01"))
        == [1, 3])
    #expect(try missing(("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-01")) == [])
    #expect(try missing(("2026-01-05", "2026-01-12"), ("2026-01-26", "2026-02-02")) == [2])
    #expect(try missing(("2026-01-05", "2026-01-12"), ("2026-01-13", "2026-01-20")) == [1])
    #expect(try missing(("2026-01-01", "2026-04-01"), ("2026-10-01", "2027-01-01")) == [2])
    let hours = [0, 1, 5].map { (hour: Int64) -> HistoryPack in
      let from = Instant(milliseconds: 1_790_812_800_000 + hour * 3_600_000 + 1)
      return Self.pack(
        Window(from: from, to: from.advanced(byMilliseconds: 3_600_000), zone: .utc))
    }
    #expect(HistoryDocument(toolVersion: "1", packs: hours).missing.map(\.periods) == [3])
  }

  @Test("A period within another one is an overlap and no gap")
  func overlaps() throws {
    let packs = try [
      ("2026-10-01", "2026-11-01"), ("2026-10-05", "2026-10-06"), ("2026-10-20", "2026-11-02"),
    ].map { Self.pack(try Self.window($0.0, $0.1)) }
    let history = HistoryDocument(toolVersion: "1", packs: packs)
    #expect(history.missing.isEmpty)
    #expect(history.overlaps.map(\.pack) == ["2026-10-05_2026-10-06", "2026-10-20_2026-11-02"])
    #expect(history.overlaps.map(\.with) == ["2026-10-01_2026-11-01", "2026-10-01_2026-11-01"])
  }

  @Test("The newest revision counts, wherever it stands in the list")
  func revisions() throws {
    let window = try Self.window("2026-10-01", "2026-10-02")
    let packs = [2, 10, 1].map { Self.pack(window, revision: $0) }
    let history = HistoryDocument(toolVersion: "1", packs: packs)
    #expect(history.packs.map(\.name.revision) == [1, 2, 10])
    #expect(history.packs.map(\.counts) == [false, false, true])
  }

  @Test("Since when a check ends as it does is what reading backwards finds", arguments: 1...60)
  func since(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let kinds: [GateDocument.Result?] = [.failed, .failed, .passed, .excepted, .notJudged, nil]
    let results = (0..<12).map { _ in kinds.randomElement(using: &random) ?? nil }
    // Without a result, in turn: no report, and a report without the check.
    let packs = zip(Self.days((0..<12).map(Int64.init)), results).enumerated().map {
      index, pair -> HistoryPack in
      guard let result = pair.1 else {
        return Self.pack(pair.0.window, index.isMultiple(of: 2) ? nil : [:])
      }
      return Self.pack(pair.0.window, ["a": result])
    }
    let history = HistoryDocument(toolVersion: "1", packs: packs)
    let known = results.compactMap { $0 }
    guard !known.isEmpty else { return #expect(history.checks.isEmpty) }
    let check = try #require(history.checks.first)
    #expect(check.reports == known.count && check.failed == known.count { $0 == .failed })
    let newest = packs.last { $0.report != nil }
    guard let current = newest?.report?.checks.first?.result else {
      return #expect(check.current == nil && check.since == nil)
    }
    // The run, spelled: the last character, and all before it that are the same or unknown.
    let letters = results.map { result -> Character in
      switch result {
      case .failed: "f"
      case .passed: "p"
      case .excepted: "w"
      case .notJudged: "n"
      case nil: "?"
      }
    }
    let mine: Character =
      [.failed: "f", .passed: "p", .excepted: "w", .notJudged: "n"][current] ?? "?"
    let tail = Array(
      letters.reversed().drop { $0 != mine }.prefix { $0 == mine || $0 == "?" || $0 == "n" })
    let run = tail.count { $0 == mine }
    let first = tail.lastIndex(of: mine) ?? 0
    #expect(check.current == current && check.run == run)
    #expect(check.unknown == tail[...first].count { $0 != mine })
    let last = letters.lastIndex(of: mine) ?? 0
    #expect(check.since == packs[last - first].name)
  }

  @Test("What is said of none, one and many reads well")
  func words() throws {
    let one = HistoryDocument(toolVersion: "1", packs: Self.days([1]))
    #expect(
      one.summarySentence.plain
        == "1 period: 1 damaged. No period is missing between them. The newest report has no policy checks."
    )
    let window = Self.days([1, 3]).map(\.window)
    let two = HistoryDocument(
      toolVersion: "1",
      packs: [
        Self.pack(window[0], ["a": .failed, "b": .failed]),
        Self.pack(window[1], ["a": .failed, "b": .failed]),
      ])
    #expect(
      two.summarySentence.plain
        == "2 periods: 2 damaged. 1 period is missing between them. 2 policy checks fail in the newest report."
    )
  }
}
