import AuditModel
import SafeXML

extension CurveChart {
  private static var labels: Double { 108 }
  private static var lineHeight: Double { 15 }

  /// Draws the chart for both widths: a step curve for each way to end, named where it ends.
  func draw(number: Int, to writer: inout MarkupWriter) {
    writer.element(.figure) { writer in
      writer.element(.figcaption) { writer in
        writer.number(writer.numbering.nextFigure())
        writer.untrusted(subject, or: "No workflow type")
      }
      for size in ChartSize.allCases { draw(size, id: number * 2 + size.rawValue, to: &writer) }
    }
    writer.newline()
  }

  private func draw(_ size: ChartSize, id: Int, to writer: inout MarkupWriter) {
    let (width, height) = size == .wide ? (400.0, 190.0) : (330.0, 180.0)
    let axes = ShareAxes(
      scale: TimeScale(
        upTo: Double(points.last?.time ?? 0), left: 40, right: width - Self.labels),
      top: 12, bottom: height - 26)
    writer.element(
      .svg, .className(size.className), .viewBox(width: width, height: height), .role("img"),
      .labelledBy("curves", id), .describedBy("curves-description", id)
    ) { writer in
      writer.element(
        .title, .id("curves", id), text: title + (subject.map { ": \($0)" } ?? ""))
      writer.element(.desc, .id("curves-description", id), text: description)
      axes.draw(to: &writer)
      for (index, outcome) in RowChart.KeyEntry.outcomes.enumerated() {
        drawCurve(index, outcome.tone.style, axes, to: &writer)
      }
      drawNames(axes, to: &writer)
    }
    writer.newline()
  }

  private var description: String {
    guard let last = points.last else { return "" }
    let shares = zip(RowChart.KeyEntry.outcomes, last.shares).map {
      "\($0.name) \(DisplayFormat.percent($1))"
    }
    return shares.joined(separator: ", ")
      + " within \(DisplayFormat.duration(milliseconds: Double(last.time)))."
  }

  /// A step at each change, and a dot where the table has the figure.
  private func drawCurve(
    _ index: Int, _ style: StaticString, _ axes: ShareAxes, to writer: inout MarkupWriter
  ) {
    let scale = axes.scale
    var corners = [MarkupAttribute.Point(x: scale.left, y: axes.bottom)]
    for point in points {
      let y = axes.y(point.shares[index])
      guard let before = corners.last?.y, abs(before - y) > 0.1 else { continue }
      corners.append(.init(x: scale.x(Double(point.time)), y: before))
      corners.append(.init(x: scale.x(Double(point.time)), y: y))
    }
    corners.append(.init(x: scale.right, y: corners[corners.count - 1].y))
    writer.element(.g, .className(style)) { writer in
      writer.element(.path, .className("curve"), .path([corners])) { _ in }
      for point in points where point.isInTable {
        let (x, y) = (scale.x(Double(point.time)), axes.y(point.shares[index]))
        writer.element(.rect, .x(x - 2.5), .y(y - 2.5), .width(5), .height(5)) { _ in }
      }
    }
  }

  /// The names at the ends of the curves, moved apart where they would overlap.
  private func drawNames(_ axes: ShareAxes, to writer: inout MarkupWriter) {
    guard let last = points.last else { return }
    let names = zip(RowChart.KeyEntry.outcomes, last.shares).sorted { $0.1 < $1.1 }
    var lowest = axes.bottom + Self.lineHeight
    for (outcome, share) in names {
      let y = min(axes.y(share), lowest - Self.lineHeight)
      lowest = y
      writer.element(
        .text, .className("name"), .x(axes.scale.right + 8), .y(y + 4),
        text: "\(outcome.name) \(DisplayFormat.percent(share))")
    }
  }
}

/// The share of requests that have finished, by time since their start: one minus the Kaplan–Meier estimate, with its
/// limits as a band and a mark for each time at which a request was still open.
struct EndedChart {
  let estimate: KaplanMeierDocument
  /// The workflow type.
  let subject: String?
  /// The page's number of the chart, for ids.
  let number: Int

  /// Draws the chart for both widths; nothing where no request has ended.
  func draw(to writer: inout MarkupWriter) {
    guard !estimate.curve.isEmpty else { return }
    writer.element(.figure) { writer in
      writer.element(.figcaption) { writer in
        writer.number(writer.numbering.nextFigure())
        writer.untrusted(subject, or: "No workflow type")
        writer.text(
          ": share of requests that have finished, by time since the start. The band is the 95% confidence interval; a "
            + "tick marks a request that was still open.")
      }
      for size in ChartSize.allCases { draw(size, to: &writer) }
    }
    writer.newline()
  }

  private func height(_ size: ChartSize) -> Double { size == .wide ? 230 : 200 }

  private func draw(_ size: ChartSize, to writer: inout MarkupWriter) {
    let longest = max(estimate.curve.last?.time ?? 0, estimate.censorings.last ?? 0)
    let axes = ShareAxes(
      scale: TimeScale(upTo: longest, left: 44, right: size.width - 8), top: 12,
      bottom: height(size) - 30)
    let id = number * 2 + size.rawValue
    writer.element(
      .svg, .className(size.className), .viewBox(width: size.width, height: height(size)),
      .role("img"), .labelledBy("ended-chart", id), .describedBy("ended-chart-description", id)
    ) { writer in
      writer.element(
        .title, .id("ended-chart", id), text: "Share of requests that have finished, by time")
      writer.element(.desc, .id("ended-chart-description", id), text: description)
      axes.draw(endingFrom: axes.scale.right - 20, to: &writer)
      writer.element(.path, .className("band"), .path([band(axes)])) { _ in }
      writer.element(
        .path, .className("ended"), .path([steps(axes, upTo: longest) { 1 - $0.survival }])
      ) { _ in }
      drawCensorings(axes, to: &writer)
    }
    writer.newline()
  }

  private var description: String {
    let median = estimate.p50.map {
      "Half have finished within \(DisplayFormat.duration(milliseconds: $0))."
    }
    return (median ?? "Fewer than half have finished.") + " The figures are in the table above."
  }

  private func drawCensorings(_ axes: ShareAxes, to writer: inout MarkupWriter) {
    var index = -1
    var drawn = -1.0
    var marks: [[MarkupAttribute.Point]] = []
    for time in estimate.censorings {
      while index + 1 < estimate.curve.count, estimate.curve[index + 1].time <= time {
        index += 1
      }
      let x = axes.scale.x(time)
      // Marks nearer than a unit cannot be told apart.
      if x - drawn < 1 { continue }
      drawn = x
      let y = axes.y(index < 0 ? 0 : 1 - estimate.curve[index].survival)
      marks.append([.init(x: x, y: y - 5), .init(x: x, y: y + 5)])
    }
    if marks.isEmpty { return }
    writer.element(.path, .className("censored"), .path(marks)) { _ in }
  }

  /// The corners of a step function of the curve; steps that cannot be told apart are one.
  private func steps(
    _ axes: ShareAxes, upTo end: Double, _ share: (KaplanMeierDocument.Step) -> Double
  ) -> [MarkupAttribute.Point] {
    let scale = axes.scale
    var points = [MarkupAttribute.Point(x: scale.left, y: axes.bottom)]
    for (index, step) in estimate.curve.enumerated() {
      let last = points[points.count - 1]
      let next = MarkupAttribute.Point(x: scale.x(step.time), y: axes.y(share(step)))
      let isNear = next.x - last.x < 0.5 && abs(next.y - last.y) < 0.5
      if isNear, index < estimate.curve.count - 1 { continue }
      points += [.init(x: next.x, y: last.y), next]
    }
    points.append(.init(x: scale.x(end), y: points[points.count - 1].y))
    return points
  }

  private func band(_ axes: ShareAxes) -> [MarkupAttribute.Point] {
    let end = estimate.curve.last?.time ?? 0
    return steps(axes, upTo: end) { 1 - $0.lower }
      + steps(axes, upTo: end) { 1 - $0.upper }.reversed()
  }
}

/// The axes of shares from 0 to 100% that grow with time.
struct ShareAxes {
  let scale: TimeScale
  let top: Double
  let bottom: Double

  /// Where a share lies.
  func y(_ share: Double) -> Double { bottom - (bottom - top) * share }

  /// Draws them; labels from some place on end at their tick, since nothing more fits behind it.
  func draw(endingFrom edge: Double = .infinity, to writer: inout MarkupWriter) {
    for percent in stride(from: 0, through: 100, by: 25) {
      let y = y(Double(percent) / 100)
      writer.line(percent == 0 ? "axis" : "grid", from: (scale.left, y), to: (scale.right, y))
      writer.element(
        .text, .className("end"), .x(scale.left - 6), .y(y + 4), text: "\(percent)%")
    }
    for tick in scale.ticks {
      writer.line("axis", from: (tick.x, bottom), to: (tick.x, bottom + 4))
      writer.element(
        .text, .className(tick.x > edge ? "end" : "middle"), .x(tick.x), .y(bottom + 19),
        text: tick.text)
    }
  }
}
