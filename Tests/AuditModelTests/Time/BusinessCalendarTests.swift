import Testing

@testable import AuditModel

@Suite("A business calendar")
struct BusinessCalendarTests {
  private static let hour: Int64 = 3_600_000

  /// Open every day between two hours.
  private func calendar(
    _ zone: String, _ from: Int64, _ to: Int64, holidays: [String] = []
  ) throws -> BusinessCalendar {
    BusinessCalendar(
      zone: try #require(CivilZone(identifier: zone)),
      hours: Array(repeating: [from * Self.hour..<to * Self.hour], count: 7),
      holidays: Set(holidays.compactMap { CivilDate($0) }))
  }

  private func open(
    _ calendar: BusinessCalendar, _ from: String, _ to: String
  ) throws -> Int64 {
    calendar.openMilliseconds(
      from: try #require(Instant(rfc3339: from)), to: try #require(Instant(rfc3339: to)))
  }

  @Test("A day is open from its first to before its last hour")
  func day() throws {
    let calendar = try calendar("UTC", 9, 17)
    #expect(try open(calendar, "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z") == 8 * Self.hour)
    #expect(try open(calendar, "2026-10-01T16:59:59.999Z", "2026-10-01T20:00:00Z") == 1)
    #expect(try open(calendar, "2026-10-01T10:00:00Z", "2026-10-01T10:00:00Z") == 0)
    #expect(try open(calendar, "2026-10-01T11:00:00Z", "2026-10-01T10:00:00Z") == 0)
    #expect(calendar.isOpen(at: try #require(Instant(rfc3339: "2026-10-01T09:00:00Z"))))
    #expect(!calendar.isOpen(at: try #require(Instant(rfc3339: "2026-10-01T17:00:00Z"))))
  }

  @Test(
    "A night in which clocks go forward is an hour shorter, one in which they go back an hour longer"
  )
  func changes() throws {
    let calendar = try calendar("Europe/Berlin", 0, 24)
    // 29 March 2026 has 23 hours, 25 October 2026 has 25.
    #expect(try open(calendar, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z") == 23 * Self.hour)
    #expect(try open(calendar, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z") == 25 * Self.hour)
  }

  @Test("An hour that does not exist is not open, one that exists twice is open twice")
  func nightShift() throws {
    let calendar = try calendar("Europe/Berlin", 2, 3)
    #expect(try open(calendar, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z") == 0)
    #expect(try open(calendar, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z") == 2 * Self.hour)
  }

  @Test("A holiday is closed, at the window's edge and on a leap day too")
  func holidays() throws {
    let calendar = try calendar("UTC", 9, 17, holidays: ["2028-02-29", "2028-03-01"])
    #expect(try open(calendar, "2028-02-28T00:00:00Z", "2028-03-03T00:00:00Z") == 16 * Self.hour)
    #expect(try open(calendar, "2028-02-29T00:00:00Z", "2028-03-01T12:00:00Z") == 0)
    #expect(!calendar.isOpen(at: try #require(Instant(rfc3339: "2028-02-29T12:00:00Z"))))
  }

  @Test("Weeks, before 1970 too, are seven days of hours")
  func weeks() throws {
    let calendar = BusinessCalendar(
      zone: .utc,
      hours: [[0..<Self.hour, 2 * Self.hour..<4 * Self.hour]] + Array(repeating: [], count: 6),
      holidays: [])
    #expect(
      try open(calendar, "1969-01-01T00:00:00Z", "1971-01-06T00:00:00Z") == 105 * 3 * Self.hour)
    #expect(try open(calendar, "2026-10-05T00:30:00Z", "2026-10-05T02:30:00Z") == Self.hour)
  }

  @Test("It counts as minute by minute, across changes of the clock and holidays")
  func bruteForce() throws {
    let zone = try #require(CivilZone(identifier: "America/New_York"))
    let hours: [[Range<Int64>]] = [
      [0..<90 * 60_000], [9 * Self.hour..<17 * Self.hour], [], [23 * Self.hour..<24 * Self.hour],
      [Self.hour..<3 * Self.hour], [], [0..<24 * Self.hour],
    ]
    let holidays = ["2026-10-27", "2026-11-01"].compactMap { CivilDate($0) }
    let calendar = BusinessCalendar(zone: zone, hours: hours, holidays: Set(holidays))
    let start = try #require(Instant(rfc3339: "2026-10-24T03:17:00Z"))
    var total: Int64 = 0
    for minute in 0..<(16 * 1440) {
      let instant = start.advanced(byMilliseconds: Int64(minute) * 60_000)
      let local = instant.milliseconds + zone.offset(at: instant)
      let date = zone.date(of: instant)
      let time = local - date.dayNumber * 86_400_000
      if !holidays.contains(date), hours[date.weekday].contains(where: { $0.contains(time) }) {
        total += 60_000
      }
      let end = instant.advanced(byMilliseconds: 60_000)
      if minute % 97 == 0 {
        #expect(calendar.openMilliseconds(from: start, to: end) == total)
      }
    }
  }
}
