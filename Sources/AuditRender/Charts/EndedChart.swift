import AuditModel
import SafeXML

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
