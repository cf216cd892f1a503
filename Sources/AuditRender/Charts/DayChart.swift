import AuditModel
import SafeXML

/// Ends per day as bars stacked by outcome, starts as a line, what is open as a dashed one: they differ without colour too.
struct DayChart {
  let trend: TrendPeriods

  private static let top = 34.0
  private static let bottom = 26.0
  private static let letterWidth = ChartSize.letterWidth

  private static func height(_ size: ChartSize) -> Double { size == .wide ? 220 : 210 }

  /// Draws the chart for both widths, with the name of the file that has its figures.
  func draw(beside file: String?, to writer: inout MarkupWriter) {
    writer.element(.figure) { writer in
      draw(.wide, to: &writer)
      draw(.narrow, to: &writer)
      writer.element(.figcaption) { writer in
        writer.number(writer.numbering.nextFigure())
        writer.text("Bars: finished, by result (")
        writer.key(RowChart.KeyEntry.outcomes)
        writer.text("). Line: started. ")
        if hasOpen { writer.text("Dashed: open at the end. ") }
        guard let file else { return }
        writer.text("\(resolution) ")
        writer.element(.code, text: file)
        writer.text(".")
      }
    }
  }

  /// How fine the chart is, and where the days are.
  private var resolution: String {
    trend.unit == .day
      ? "The same figures in"
      : "A bar is a \(trend.unit), for \(DisplayFormat.count(trend.dayCount, "day")) could not be told apart; all of them are in"
  }

  private var hasOpen: Bool { trend.periods.contains { $0.open != nil } }

  private func draw(_ size: ChartSize, to writer: inout MarkupWriter) {
    let most = trend.periods.map { max($0.started, $0.completed, $0.open ?? 0) }.max()
    let scale = CountScale(covering: most ?? 0)
    let left = Double(DisplayFormat.count(scale.top).count) * Self.letterWidth + 10
    let plot = Plot(
      left: left, right: size.width - 4, top: Self.top, bottom: Self.height(size) - Self.bottom,
      scale: scale, count: trend.periods.count)
    writer.element(
      .svg, .className(size.className), .viewBox(width: size.width, height: Self.height(size)),
      .role("img"), .labelledBy("trend-chart", size.rawValue),
      .describedBy("trend-chart-description", size.rawValue)
    ) { writer in
      writer.element(
        .title, .id("trend-chart", size.rawValue),
        text: "Instances started and finished per \(trend.unit)")
      writer.element(.desc, .id("trend-chart-description", size.rawValue), text: description)
      drawCounts(plot, to: &writer)
      drawDays(plot, to: &writer)
      drawBars(plot, to: &writer)
      drawOpen(plot, to: &writer)
      drawLine(plot, to: &writer)
      drawKey(size, to: &writer)
    }
    writer.newline()
  }

  private var description: String {
    let busiest = trend.periods.max { $0.started < $1.started }
    return
      "Bars show finished instances by result, the line shows starts\(hasOpen ? ", the dashed line what is open at the end," : ",") over \(DisplayFormat.count(trend.periods.count, trend.unit.rawValue))."
      + (busiest.map {
        " Most starts: \(DisplayFormat.count($0.started)), \(trend.unit) of \($0.day)."
      }
        ?? "")
      + " The figures are in the table below it."
  }

  private func drawCounts(_ plot: Plot, to writer: inout MarkupWriter) {
    for tick in plot.scale.ticks {
      let y = plot.y(tick)
      writer.line(tick == 0 ? "axis" : "grid", from: (plot.left, y), to: (plot.right, y))
      writer.element(
        .text, .className("end"), .x(plot.left - 6), .y(y + 4), text: DisplayFormat.count(tick))
    }
  }

  private func drawDays(_ plot: Plot, to writer: inout MarkupWriter) {
    for label in DayLabels(starts: trend.starts, letterWidth: Self.letterWidth).fitting(plot) {
      let x = plot.centre(label.index)
      writer.line("axis", from: (x, plot.bottom), to: (x, plot.bottom + 4))
      writer.element(.text, .className("middle"), .x(x), .y(plot.bottom + 19), text: label.text)
    }
  }

  private func drawBars(_ plot: Plot, to writer: inout MarkupWriter) {
    for (index, day) in trend.periods.enumerated() {
      for segment in Self.segments(of: day) where segment.count > 0 {
        let y = plot.y(segment.foot + segment.count)
        writer.bar(
          segment.style, x: plot.centre(index) - plot.barWidth / 2, y: y, width: plot.barWidth,
          height: plot.y(segment.foot) - y)
      }
    }
  }

  private func drawLine(_ plot: Plot, to writer: inout MarkupWriter) {
    let points = trend.periods.enumerated().map {
      MarkupAttribute.Point(x: plot.centre($0.offset), y: plot.y($0.element.started))
    }
    writer.element(.path, .className("ended"), .path([points])) { _ in }
    guard plot.step >= 9 else { return }
    writer.element(.g, .className("ended dots")) { writer in
      for point in points {
        writer.element(.rect, .x(point.x - 2), .y(point.y - 2), .width(4), .height(4)) { _ in }
      }
    }
  }

  /// Days that end after the as-of instant are the last ones, so that the line has no gap.
  private func drawOpen(_ plot: Plot, to writer: inout MarkupWriter) {
    let points = trend.periods.enumerated().compactMap { index, day in
      day.open.map { MarkupAttribute.Point(x: plot.centre(index), y: plot.y($0)) }
    }
    if points.isEmpty { return }
    writer.element(.path, .className("ended open"), .path([points])) { _ in }
  }

  /// The segments of a day's bar from the foot upwards: how many, on top of how many.
  private static func segments(
    of day: TrendDocument.Day
  ) -> [(style: StaticString, foot: Int, count: Int)] {
    [
      ("complete", 0, day.complete), ("rejected", day.complete, day.rejected),
      ("failed", day.complete + day.rejected, day.failed),
    ]
  }

  private func drawKey(_ size: ChartSize, to writer: inout MarkupWriter) {
    writer.element(.text, .className("unit"), .x(0), .y(12), text: "instances per \(trend.unit)")
    var x = 140.0
    writer.line("ended", from: (x, 8), to: (x + 20, 8))
    writer.element(.text, .x(x + 26), .y(12), text: "started")
    x += 84
    if hasOpen {
      writer.line("ended open", from: (x, 8), to: (x + 20, 8))
      writer.element(.text, .x(x + 26), .y(12), text: "open")
      x += 70
    }
    // A narrow chart has no room for more; there the outcomes are named below it.
    for outcome in RowChart.KeyEntry.outcomes where size == .wide {
      writer.bar(outcome.tone.style, x: x, y: 3, width: 10, height: 10)
      writer.element(.text, .x(x + 16), .y(12), text: outcome.name)
      x += Double(outcome.name.count) * Self.letterWidth + 32
    }
  }
}

/// Where the days and counts of a chart lie on the page.
struct Plot {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let scale: CountScale
  /// Days.
  let count: Int

  /// The width of a day.
  var step: Double { (right - left) / Double(max(count, 1)) }

  /// The width of a bar: its day less a gap, as long as there is room for one, and never a slab.
  fileprivate var barWidth: Double { step > 4 ? min(step * 0.72, 44) : step }

  func left(of index: Int) -> Double { left + Double(index) * step }

  func centre(_ index: Int) -> Double { left + (Double(index) + 0.5) * step }

  func y(_ number: Int) -> Double {
    bottom - (bottom - top) * Double(number) / Double(scale.top)
  }
}
