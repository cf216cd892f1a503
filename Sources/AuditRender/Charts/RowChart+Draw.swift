import AuditModel
import SafeXML

extension RowChart {
  /// How many rows are drawn; the table has all.
  private static var shownRows: Int { 12 }
  private static var height: Double { 20 }

  /// Draws the chart as a table, whose rows say in words what they show: it is one to those who cannot see it.
  func draw(number: Int, to writer: inout MarkupWriter) {
    let scales = ChartSize.allCases.map { ($0, RowScale(of: self, $0)) }
    writer.element(
      .div, .className("scroll"), .role("region"), .labelledBy("rows", number), .focusable
    ) { writer in
      writer.element(.table, .className("drawn")) { writer in
        writer.element(.caption, .id("rows", number)) { writer in
          writer.number(writer.numbering.nextFigure())
          writer.text(title)
          if key.count > 1 {
            writer.text(" ")
            writer.element(.span, .className("key")) { $0.key(key) }
          }
        }
        writeHead(to: &writer)
        writer.element(.tbody) { writer in
          for row in rows.prefix(Self.shownRows) {
            writer.newline()
            write(row, scales, to: &writer)
          }
        }
        writeFoot(scales, to: &writer)
      }
    }
    writer.newline()
  }

  private func writeHead(to writer: inout MarkupWriter) {
    writer.element(.thead) { writer in
      writer.element(.tr) { writer in
        writer.element(.th, .scope(.col), text: subject)
        writer.element(.th, .scope(.col), .className("drawing"), text: measure)
        writer.element(.th, .scope(.col), .className("n"), text: figures)
      }
    }
  }

  /// The axis, and how many rows are not drawn.
  private func writeFoot(_ scales: [(ChartSize, RowScale)], to writer: inout MarkupWriter) {
    let others = rows.count - min(rows.count, Self.shownRows)
    writer.element(.tfoot) { writer in
      writer.element(.tr) { writer in
        writer.element(
          .td, .className("others"),
          text: others == 0 ? "" : "\(DisplayFormat.count(others)) more in the table’s file")
        writer.element(.td, .className("drawing")) { writer in
          for (size, scale) in scales { Self.drawAxis(scale, size, to: &writer) }
        }
        writer.element(.td) { _ in }
      }
    }
  }

  private func write(
    _ row: Row, _ scales: [(ChartSize, RowScale)], to writer: inout MarkupWriter
  ) {
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { $0.words(of: row.name) }
      writer.element(.td, .className("drawing")) { writer in
        for (size, scale) in scales {
          Self.drawing(size, to: &writer) { writer in
            for tick in scale.ticks { Self.line(tick.x, "grid", 0...Self.height, to: &writer) }
            draw(row.mark, scale, to: &writer)
          }
        }
      }
      writer.element(.td, .className("n"), text: row.figures)
    }
  }

  private func draw(_ mark: Mark, _ scale: RowScale, to writer: inout MarkupWriter) {
    switch mark {
    case .parts(let parts): draw(parts: parts, scale, to: &writer)
    case .interval(let rate):
      guard let value = rate.rate, let low = rate.low, let high = rate.high else { return }
      Self.bar("range", scale.x(low), scale.x(high), 6...14, to: &writer)
      Self.line(scale.x(value), "value", 3...17, to: &writer)
    case .span(let values):
      guard let first = values.first, let last = values.last else { return }
      Self.bar("range", scale.x(first), max(scale.x(last), scale.x(first) + 2), 8...12, to: &writer)
      for value in values { Self.line(scale.x(value), "value", 4...16, to: &writer) }
    }
  }

  private func draw(parts: [Double], _ scale: RowScale, to writer: inout MarkupWriter) {
    let tones = key.isEmpty ? [.good] : key.map(\.tone)
    var sum = 0.0
    var end = scale.x(0)
    for (part, tone) in zip(parts, tones) where part > 0 {
      sum += part
      // What is there is seen, however little it is.
      let next = max(scale.x(sum), end + 1.5)
      Self.bar(tone.style, end, next, 4...16, to: &writer)
      end = next
    }
  }

  private static func drawAxis(_ scale: RowScale, _ size: ChartSize, to writer: inout MarkupWriter)
  {
    drawing(size, to: &writer) { writer in
      writer.element(
        .line, .className("axis"), .x1(2), .y1(0.5), .x2(size.rowWidth - 2), .y2(0.5)
      ) { _ in }
      for tick in scale.ticks {
        let half = Double(tick.text.count) * ChartSize.letterWidth / 2
        let anchor: StaticString =
          tick.x < half ? "start" : tick.x > size.rowWidth - half ? "end" : "middle"
        line(tick.x, "axis", 0...4, to: &writer)
        writer.element(.text, .className(anchor), .x(tick.x), .y(17), text: tick.text)
      }
    }
  }

  private static func drawing(
    _ size: ChartSize, to writer: inout MarkupWriter, content: (inout MarkupWriter) -> Void
  ) {
    writer.element(
      .svg, .className(size.className), .viewBox(width: size.rowWidth, height: height), .hidden,
      content: content)
  }

  private static func line(
    _ x: Double, _ style: StaticString, _ range: ClosedRange<Double>, to writer: inout MarkupWriter
  ) {
    writer.element(
      .line, .className(style), .x1(x), .y1(range.lowerBound), .x2(x), .y2(range.upperBound)
    ) { _ in }
  }

  private static func bar(
    _ style: StaticString, _ from: Double, _ to: Double, _ range: ClosedRange<Double>,
    to writer: inout MarkupWriter
  ) {
    writer.element(
      .rect, .className(style), .x(from), .y(range.lowerBound), .width(to - from),
      .height(range.upperBound - range.lowerBound)
    ) { _ in }
  }
}
