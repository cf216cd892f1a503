import AuditModel
import SafeXML

extension ShareChart {
  private static var width: Double { 270 }
  private static var height: Double { 190 }
  /// The kinds from the foot upwards, with their styles.
  static var key: [(name: String, style: StaticString)] {
    [("Complete", "complete"), ("Rejected", "rejected"), ("Failed", "failed")]
  }

  /// Draws the chart: a column a time, from Complete at the foot to Failed on top.
  func draw(number: Int, to writer: inout MarkupWriter) {
    writer.element(.figure, .className("small")) { writer in
      writer.element(
        .svg, .className("chart"), .viewBox(width: Self.width, height: Self.height), .role("img"),
        .labelledBy("shares", number)
      ) { writer in
        writer.element(
          .title, .id("shares", number), text: title + (subject.map { ": \($0)" } ?? ""))
        for (index, share) in shares.enumerated() { drawColumn(index, share, to: &writer) }
        writer.element(
          .line, .className("axis"), .x1(0), .y1(Self.foot), .x2(Self.width), .y2(Self.foot)
        ) { _ in }
      }
      writer.element(.figcaption) { $0.untrusted(subject, or: "No workflow type") }
    }
    writer.newline()
  }

  private static var foot: Double { height - 22 }

  private func drawColumn(_ index: Int, _ share: [Double]?, to writer: inout MarkupWriter) {
    let step = Self.width / Double(max(shares.count, 1))
    let x = (Double(index) + 0.14) * step
    let middle = (Double(index) + 0.5) * step
    writer.element(
      .text, .className("middle"), .x(middle), .y(Self.height - 6), text: columns[index])
    guard let share else {
      writer.element(.text, .className("middle"), .x(middle), .y(Self.foot - 6), text: "—")
      return
    }
    var y = Self.foot
    for (kind, value) in zip(Self.key, share) {
      let height = (Self.foot - 18) * value
      y -= height
      writer.element(
        .rect, .className(kind.style), .x(x), .y(y), .width(step * 0.72), .height(height)
      ) { _ in }
    }
    writer.element(
      .text, .className("middle"), .x(middle), .y(y - 5),
      text: Readable.percent(share.reduce(0, +)))
  }
}
