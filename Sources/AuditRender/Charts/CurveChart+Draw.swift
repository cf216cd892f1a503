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
