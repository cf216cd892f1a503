import AuditModel
import Testing

@testable import AuditReduce

@Suite("trend")
struct TrendTests {
  private func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: text))
  }

  private func reduction(_ zone: String, from: String, to: String) throws -> Reduction {
    var reduction = Reduction()
    let civil = try #require(CivilZone(identifier: zone))
    reduction.window = Window(from: try instant(from), to: try instant(to), zone: civil)
    reduction.asOf = reduction.window.to.advanced(byMilliseconds: 90 * Sample.day)
    return reduction
  }

  /// Open instances that start at these instants.
  private func starts(_ texts: [String]) throws -> [Sample] {
    try texts.enumerated().map { index, text in
      let start = try instant(text).milliseconds
      return Sample(Int64(index)) {
        $0.status = .running
        $0.start = start
        $0.lasts(0)
      }
    }
  }

  private func trend(_ reduction: Reduction, _ samples: [Sample]) throws -> TrendDocument {
    try #require(reduction.metrics(samples).trend)
  }

  private func started(_ trend: TrendDocument) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: trend.days.map { ($0.day, $0.started) })
  }

  @Test("Without instances every day of the window is there with zero")
  func empty() throws {
    let trend = try trend(Reduction(), [])
    #expect(trend.days.count == 31)
    #expect(
      trend.days.first
        == .init(day: "2026-10-01", started: 0, complete: 0, rejected: 0, failed: 0, open: 0))
    // The last day ends after the as-of instant.
    #expect(
      trend.days.last == .init(day: "2026-10-31", started: 0, complete: 0, rejected: 0, failed: 0))
    #expect(trend.completedAfterWindow == 0)
  }

  @Test("Terminal instances complete on the day of their last activity, or after the window")
  func completions() throws {
    let samples = [
      Sample(1) { $0.lasts(Sample.day) },
      Sample(2) {
        $0.status = .rejected
        $0.lasts(31 * Sample.day - 1)
      },
      Sample(3) {
        $0.status = .failed
        $0.lasts(31 * Sample.day)
      },
      Sample(4) {
        $0.status = .canceledForRestart
        $0.lasts(Sample.day)
      },
      Sample(5) {
        $0.status = .running
        $0.lasts(Sample.day)
      },
      Sample(6) { $0.lasts(-1) },
    ]
    let trend = try trend(Reduction(), samples)
    #expect(
      trend.days[0]
        == .init(day: "2026-10-01", started: 6, complete: 0, rejected: 0, failed: 0, open: 3))
    #expect(
      trend.days[1]
        == .init(day: "2026-10-02", started: 0, complete: 1, rejected: 0, failed: 0, open: 1))
    #expect(
      trend.days[30] == .init(day: "2026-10-31", started: 0, complete: 0, rejected: 1, failed: 0))
    #expect(trend.completedAfterWindow == 1)
  }

  private func open(_ reduction: Reduction, _ samples: [Sample]) throws -> [Int?] {
    try trend(reduction, samples).days.map(\.open)
  }

  private func lasting(_ id: Int64, _ status: Status, from: Int64, to: Int64) -> Sample {
    Sample(id) {
      $0.status = status
      $0.starts(at: from)
      $0.lastModified = Sample.origin + to
    }
  }

  @Test(
    "An instance is open at the end of a day from its start until it ends, an open one as far as is known"
  )
  func openAtTheEnd() throws {
    var reduction = Reduction()
    reduction.window.to = Instant(milliseconds: Sample.origin + 6 * Sample.day)
    reduction.asOf = Instant(milliseconds: Sample.origin + 5 * Sample.day)
    let day = Sample.day
    let samples = [
      // Ended at midnight: open at the end of that day, since it ended at or after it.
      lasting(1, .complete, from: 0, to: 2 * day), lasting(2, .failed, from: 0, to: 2 * day - 1),
      // Started at midnight: not before the end of the day before.
      lasting(3, .canceledForRestart, from: day, to: 4 * day),
      lasting(4, .suspended, from: 2 * day - 1, to: 2 * day),
      lasting(5, .unknown, from: 0, to: 4 * day), lasting(6, .rejected, from: day, to: 0),
    ]
    // The day that ends with the as-of instant is the last that is known.
    #expect(try open(reduction, samples) == [2, 3, 2, 2, 1, nil])
    reduction.asOf = Instant(milliseconds: Sample.origin + 5 * Sample.day - 1)
    #expect(try open(reduction, samples) == [2, 3, 2, 2, nil, nil])
  }

  @Test(
    "Where parts were watched to different times, open is known until the first that left something open"
  )
  func watchedUntil() throws {
    var reduction = Reduction()
    reduction.window.to = Instant(milliseconds: Sample.origin + 4 * Sample.day)
    reduction.metrics = [TrendMetric.key]
    func part(_ samples: [Sample], days: Int64) -> AuditSummary {
      var part = reduction.summary([reduction.batch(samples)])
      part.closeObservation(
        at: ObservationEnd(asOf: Instant(milliseconds: Sample.origin + days * Sample.day)))
      return part
    }
    let running = lasting(1, .running, from: 0, to: 1)
    let ended = lasting(2, .complete, from: 0, to: 3 * Sample.day)
    var both = part([running], days: 2)
    both.merge(part([ended], days: 1))
    #expect(reduction.finish(both).trend?.days.map(\.open) == [2, 2, nil, nil])
    both = part([ended], days: 1)
    both.merge(part([], days: 2))
    #expect(reduction.finish(both).trend?.days.map(\.open) == [1, 1, 1, 0])
  }

  @Test("A missing date counts on no day")
  func missingDates() throws {
    let samples = [Sample(1) { $0.start = nil }, Sample(2) { $0.lastModified = nil }]
    let trend = try trend(Reduction(), samples)
    #expect(trend.days.reduce(0) { $0 + $1.started } == 1)
    #expect(trend.days.reduce(0) { $0 + $1.completed } == 1)
  }

  @Test("A day of 25 hours holds them all")
  func longDay() throws {
    let reduction = try reduction(
      "Europe/Berlin", from: "2026-10-23T22:00:00Z", to: "2026-10-26T23:00:00Z")
    let samples = try starts([
      "2026-10-24T21:59:59.999Z", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z",
      "2026-10-25T01:30:00Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z",
    ])
    #expect(
      started(try trend(reduction, samples))
        == ["2026-10-24": 1, "2026-10-25": 4, "2026-10-26": 1])
  }

  @Test("A day of 23 hours ends an hour early")
  func shortDay() throws {
    let reduction = try reduction(
      "Europe/Berlin", from: "2026-03-27T23:00:00Z", to: "2026-03-30T22:00:00Z")
    let samples = try starts([
      "2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999Z",
      "2026-03-29T22:00:00Z",
    ])
    #expect(
      started(try trend(reduction, samples))
        == ["2026-03-28": 1, "2026-03-29": 2, "2026-03-30": 1])
  }

  @Test("A day whose midnight does not exist begins where the clock jumps to")
  func withoutMidnight() throws {
    // Cairo, 2026-04-24: 00:00 does not exist; the day begins at 01:00, which is 22:00 UTC.
    let reduction = try reduction(
      "Africa/Cairo", from: "2026-04-22T22:00:00Z", to: "2026-04-25T21:00:00Z")
    let samples = try starts([
      "2026-04-23T21:59:59.999Z", "2026-04-23T22:00:00Z", "2026-04-24T20:59:59.999Z",
      "2026-04-24T21:00:00Z",
    ])
    #expect(
      started(try trend(reduction, samples))
        == ["2026-04-23": 1, "2026-04-24": 2, "2026-04-25": 1])
  }

  @Test("Where the clock goes back over midnight, a day comes twice, in any order of instants")
  func midnightTwice() throws {
    // St John's, 2010-11-07: at 00:01 (02:31 UTC) the clock goes back to 23:01 of the day before.
    let reduction = try reduction(
      "America/St_Johns", from: "2010-11-06T02:30:00Z", to: "2010-11-08T03:30:00Z")
    let samples = try starts([
      "2010-11-07T02:29:59Z", "2010-11-07T02:30:30Z", "2010-11-07T02:31:00Z",
      "2010-11-07T03:29:59Z", "2010-11-07T03:30:00Z", "2010-11-07T02:30:59Z",
      "2010-11-07T12:00:00Z", "2010-11-07T02:31:00Z",
    ])
    let expected = ["2010-11-06": 4, "2010-11-07": 4]
    #expect(started(try trend(reduction, samples)) == expected)
    #expect(started(try trend(reduction, samples.reversed())) == expected)
    // The first of the two ends at 02:30Z, when the other day begins for the first time.
    #expect(try open(reduction, samples) == [1, 8])
  }

  @Test("A partial day of the window is a day of it")
  func partialDays() throws {
    let reduction = try reduction(
      "UTC", from: "2026-10-01T05:00:00Z", to: "2026-10-02T04:30:00Z")
    let samples = try starts(["2026-10-01T05:00:00Z", "2026-10-02T04:29:59Z"])
    #expect(started(try trend(reduction, samples)) == ["2026-10-01": 1, "2026-10-02": 1])
  }
}

@Suite("trend, by week")
struct WeekTests {
  private func weeks(_ days: [Int64], from: Int64 = 0, to: Int64 = 31) -> [TrendDocument.Week] {
    var reduction = Reduction()
    let origin = Instant(milliseconds: Sample.origin)
    reduction.window.from = origin.advanced(byMilliseconds: from * Sample.day)
    reduction.window.to = origin.advanced(byMilliseconds: to * Sample.day)
    let samples = days.enumerated().map { index, day in
      Sample(Int64(index)) {
        $0.starts(at: day * Sample.day)
        $0.lasts(1)
      }
    }
    return reduction.metrics(samples).trend?.weeks ?? []
  }

  @Test("Weeks run from Monday to Sunday and have the name of their Thursday's year")
  func names() {
    // 1 October 2026 is a Thursday.
    let weeks = weeks([])
    #expect(weeks.map(\.week) == ["2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44"])
    #expect(weeks.map(\.monday).first == "2026-09-28")
    #expect(weeks.map(\.partial) == [true, false, false, false, true])
    #expect(CivilDate("2027-01-03")?.isoWeek == "2026-W53")
    #expect(CivilDate("2024-12-30")?.isoWeek == "2025-W01")
  }

  @Test("Only whole weeks are compared, with the one before")
  func ratios() throws {
    // 4 starts in the whole week from 5 October, 2 in the next, none in the third.
    let weeks = weeks([1, 4, 5, 6, 7, 11, 12])
    #expect(weeks.map(\.started) == [1, 4, 2, 0, 0])
    #expect(weeks.map { $0.startedRatio != nil } == [false, false, true, true, false])
    #expect(weeks[2].startedRatio?.ratio == 0.5)
    #expect(weeks[3].startedRatio?.ratio == 0)
    #expect(weeks[3].startedRatio?.low == 0)
    // P(X ≤ 0) of 2 at odds r is (1/(1 + r))².
    let high = try #require(weeks[3].startedRatio?.high)
    #expect(abs(high - (40.0.squareRoot() - 1)) < 1e-12)
    #expect(weeks[2].completedRatio == weeks[2].startedRatio)
  }

  @Test("A day that the window covers only in part is flagged")
  func partialDays() {
    var reduction = Reduction()
    reduction.window.from = Instant(milliseconds: Sample.origin + 1)
    let days = reduction.metrics([]).trend?.days ?? []
    #expect(days.prefix(2).map(\.partial) == [true, false])
  }
}
