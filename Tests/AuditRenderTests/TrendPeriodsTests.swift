import AuditModel
import TestSupport
import Testing

@testable import AuditRender

@Suite("Periods of a trend")
struct TrendPeriodsTests {
  private func days(from day: String, count: Int) throws -> [TrendDocument.Day] {
    let first = try #require(CivilDate(day)).dayNumber
    return (0..<Int64(count)).map {
      TrendDocument.Day(
        day: CivilDate(dayNumber: first + $0).description, started: 5, complete: 2, rejected: 1,
        failed: 1)
    }
  }

  @Test(
    "Days that could not be told apart are put together, and none is lost",
    arguments: [
      (31, TrendPeriods.Unit.day, 31), (190, .day, 190), (191, .week, 28), (1330, .week, 191),
      (1331, .month, 44), (3652, .month, 120),
    ])
  func units(count: Int, unit: TrendPeriods.Unit, bars: Int) throws {
    let periods = TrendPeriods(of: try days(from: "2026-01-01", count: count))
    #expect(periods.unit == unit)
    #expect(periods.periods.count == bars)
    #expect(periods.periods.map(\.started).reduce(0, +) == count * 5)
    #expect(periods.periods.map(\.completed).reduce(0, +) == count * 4)
  }

  @Test("A period that the window cuts is partial")
  func partial() throws {
    let weeks = TrendPeriods(of: try days(from: "2026-01-01", count: 198)).periods
    #expect(weeks.map(\.day).prefix(2) == ["2026-01-01", "2026-01-05"])
    #expect(weeks.filter(\.partial).map(\.day) == ["2026-01-01", "2026-07-13"])
    let months = TrendPeriods(of: try days(from: "2026-01-01", count: 3652)).periods
    #expect(months.allSatisfy { !$0.partial })
  }

  @Test("Ten years make a page of a few hundred kilobytes that says what a bar is")
  func tenYears() throws {
    var report = Fixture().report
    let days = try days(from: "2026-01-01", count: 3652)
    let hours = report.metrics.trend?.startsByHour ?? []
    report.metrics.trend = TrendDocument(
      days: days, weeks: [], startsByHour: hours, completedAfterWindow: 0)
    let bytes = try GoldenTests.page().render(report).bytes
    #expect(bytes.count < 300_000)
    let page = String(decoding: bytes, as: UTF8.self)
    #expect(page.contains("A bar is a month, for 3,652 days could not be told apart"))
    #expect(page.contains("Instances per month"))
  }

  @Test("A window without days has no periods")
  func empty() {
    #expect(TrendPeriods(of: []).periods.isEmpty)
  }
}
