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
