import AuditModel
import Testing

@testable import AuditRender

@Suite("Labels under days")
struct DayLabelsTests {
  private func labels(from day: String, count: Int, width: Double) throws -> [String] {
    let first = try #require(CivilDate(day)).dayNumber
    let days = (0..<Int64(count)).map { CivilDate(dayNumber: first + $0) }
    let plot = Plot(
      left: 40, right: width, top: 0, bottom: 100, scale: CountScale(covering: 1), count: count)
    return DayLabels(starts: days, letterWidth: 7).fitting(plot).map(\.text)
  }

  @Test("A month has its Mondays, a year its months, in an even rhythm")
  func rhythm() throws {
    #expect(
      try labels(from: "2026-10-01", count: 31, width: 860) == [
        "5 Oct", "12 Oct", "19 Oct", "26 Oct",
      ])
    #expect(
      try labels(from: "2026-01-01", count: 365, width: 860)
        == ["Jan 2026", "Mar 2026", "May 2026", "Jul 2026", "Sep 2026", "Nov 2026"])
    #expect(
      try labels(from: "2026-01-01", count: 365, width: 330) == [
        "Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026",
      ])
    #expect(try labels(from: "2026-10-01", count: 2, width: 860) == ["1 Oct", "2 Oct"])
    #expect(try labels(from: "2026-10-01", count: 0, width: 860).isEmpty)
  }
}
