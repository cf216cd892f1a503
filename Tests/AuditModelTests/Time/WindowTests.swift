import AuditModel
import Testing

@Suite("A period")
struct PeriodTests {
  /// A Tuesday.
  private let today = "2026-11-24"

  @Test(
    "A name means a run of whole days",
    arguments: [
      ("2026-10-22", "2026-10-22", "2026-10-23"),
      ("2026-10", "2026-10-01", "2026-11-01"),
      ("2026-12", "2026-12-01", "2027-01-01"),
      ("2024-02", "2024-02-01", "2024-03-01"),
      ("2026-Q1", "2026-01-01", "2026-04-01"),
      ("2026-Q4", "2026-10-01", "2027-01-01"),
      ("2026", "2026-01-01", "2027-01-01"),
      ("yesterday", "2026-11-23", "2026-11-24"),
      ("last-week", "2026-11-16", "2026-11-23"),
      ("last-month", "2026-10-01", "2026-11-01"),
    ])
  func names(name: String, first: String, end: String) throws {
    let period = try #require(Period(name, today: try day(today)))
    #expect(period.first == (try day(first)))
    #expect(period.end == (try day(end)))
  }

  @Test(
    "The last week ends on the Sunday before this week",
    arguments: [
      ("2026-11-23", "2026-11-16"), ("2026-11-29", "2026-11-16"), ("2026-11-30", "2026-11-23"),
      ("2027-01-01", "2026-12-21"),
    ])
  func lastWeek(today: String, monday: String) throws {
    let period = try #require(Period("last-week", today: try day(today)))
    #expect(period.first == (try day(monday)))
    #expect(period.end.dayNumber - period.first.dayNumber == 7)
  }

  @Test("In January the last month is December")
  func lastMonthInJanuary() throws {
    let period = try #require(Period("last-month", today: try day("2027-01-15")))
    #expect(period.first == (try day("2026-12-01")))
    #expect(period.end == (try day("2027-01-01")))
  }

  @Test(
    "Anything else is no period",
    arguments: [
      "", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2026-q4", "2026-02-30", "26", "20260",
      "2026-",
      "2026-1", "2026-10-1", "2026-Q10", "0000", "today", "last-year", "Yesterday",
      "2026-10-22T00:00:00Z",
      "-2026", "٢٠٢٦",
    ])
  func nonsense(name: String) throws {
    #expect(Period(name, today: try day(today)) == nil)
  }

  @Test("A window begins at the first instant of a day whose midnight does not exist")
  func missingMidnight() throws {
    let cairo = try #require(CivilZone(identifier: "Africa/Cairo"))
    let window = try #require(Period("2026-04-24", today: try day(today))).window(in: cairo)
    #expect(window.from.description == "2026-04-23T22:00:00.000Z")
    #expect(window.to.description == "2026-04-24T21:00:00.000Z")
  }

  private func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text))
  }
}

@Suite("One end of a window")
struct WindowEdgeTests {
  @Test(
    "A day begins at midnight of the zone",
    arguments: [
      ("UTC", "2026-10-01", "2026-10-01T00:00:00.000Z"),
      ("Europe/Berlin", "2026-10-01", "2026-09-30T22:00:00.000Z"),
      ("Asia/Kathmandu", "2026-10-01", "2026-09-30T18:15:00.000Z"),
      ("America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z"),
    ])
  func days(zone: String, day: String, instant: String) throws {
    let zone = try #require(CivilZone(identifier: zone))
    let edge = try #require(WindowEdge(day))
    #expect(edge.instant(in: zone).description == instant)
  }

  @Test(
    "An instant means the same in every zone",
    arguments: [
      ("2026-10-01T00:00:00Z", "2026-10-01T00:00:00.000Z"),
      ("2026-10-01t00:00:00z", "2026-10-01T00:00:00.000Z"),
      ("2026-10-01T02:00:00+02:00", "2026-10-01T00:00:00.000Z"),
      ("2026-09-30T19:00:00.25-05:00", "2026-10-01T00:00:00.250Z"),
      ("2026-10-01T00:00:00.1234567Z", "2026-10-01T00:00:00.123Z"),
    ])
  func instants(text: String, instant: String) throws {
    let zone = try #require(CivilZone(identifier: "Asia/Kathmandu"))
    let edge = try #require(WindowEdge(text))
    #expect(edge.instant(in: zone).description == instant)
  }

  @Test(
    "What does not exist or does not say its zone is refused",
    arguments: [
      "", "2026-02-30", "2026-10-01T00:00:00", "2026-10-01T00:00:00.123", "2026-10-01T24:00:00Z",
      "2026-10-01T00:60:00Z", "2026-10-01T23:59:60Z", "2026-10-01 00:00:00Z", "2026-10-01T00:00Z",
      "2026-10-01T00:00:00+2", "2026-10-01T00:00:00 +02:00", "2026-10-01T00:00:00+24:00",
      "20261001",
      "2026-13-01", "01.10.2026", "24:00", "2026-10-01T00:00:00ZZ", "2026-10-01Z",
    ])
  func refused(text: String) {
    #expect(WindowEdge(text) == nil)
  }
}
