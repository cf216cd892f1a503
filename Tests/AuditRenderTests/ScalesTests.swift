import AuditModel
import Testing

@testable import AuditRender

@Suite("The scale of a chart of rows")
struct RowScaleTests {
  private func scale(
    _ kind: RowChart.Scale, _ mark: RowChart.Mark, _ size: ChartSize = .wide
  ) -> RowScale {
    RowScale(
      of: RowChart(
        title: "", subject: "", measure: "", scale: kind,
        rows: [RowChart.Row("", mark, figures: "")]), size)
  }

  @Test("Shares end at a round one")
  func shares() {
    let scale = scale(.shares, .parts([0.2, 0.15]))
    #expect(scale.ticks.map(\.text) == ["0%", "8%", "16%", "24%", "32%", "40%"])
    #expect(scale.x(0) == 2 && scale.x(0.4) == 358 && scale.x(0.2) == 180)
  }

  @Test("Counts lose their marks between the ends before these overlap")
  func counts() {
    #expect(scale(.counts, .parts([7])).ticks.map(\.text) == ["0", "2", "4", "6", "8"])
    #expect(
      scale(.counts, .parts([12_345_678_901]), .narrow).ticks.map(\.text) == [
        "0", "15,000,000,000",
      ])
  }

  @Test("Durations are logarithmic from a second on")
  func durations() {
    let scale = scale(.durations, .span([0, 3_600_000]))
    #expect(scale.ticks.map(\.text) == ["1 s", "10 s", "1 min", "10 min", "1 h"])
    #expect(scale.x(0) == 2 && scale.x(3_600_000) == 358)
  }

  @Test("Instants lie between the ends of the window")
  func days() {
    let from = Instant(milliseconds: 1_790_812_800_000)
    let to = from.advanced(byMilliseconds: 31 * 86_400_000)
    let scale = scale(.days(Window(from: from, to: to, zone: .utc)), .span([]))
    #expect(scale.ticks.map(\.text) == ["5 Oct", "12 Oct", "19 Oct", "26 Oct"])
    #expect(scale.x(Double(from.milliseconds)) == 2 && scale.x(Double(to.milliseconds)) == 358)
  }
}

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
