import AuditModel
import SafeXML

extension RowChart {
  /// How many rows are drawn; the table has all.
  private static var shownRows: Int { 12 }
  private static var height: Double { 20 }

  /// Draws the chart as a table, whose rows say in words what they show: it is one to those who cannot see it.
  func draw(number: Int, to writer: inout MarkupWriter) {
    let scales = ChartSize.allCases.map { ($0, RowScale(of: self, $0)) }
    writer.table("rows", number, style: "drawn") { writer in
      writer.number(writer.numbering.nextFigure())
      writer.text(title)
      if key.count > 1 {
        writer.text(" ")
        writer.element(.span, .className("key")) { $0.key(key) }
      }
    } head: { writer in
      writer.element(.th, .scope(.col), text: subject)
      writer.element(.th, .scope(.col), .className("drawing"), text: measure)
      writer.element(.th, .scope(.col), .className("n"), text: figures)
    } body: { writer in
      writer.rows(of: rows.prefix(Self.shownRows)) { write($0, scales, to: &$1) }
      writeFoot(scales, to: &writer)
    }
    writer.newline()
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
            for tick in scale.ticks {
              writer.line("grid", from: (tick.x, 0), to: (tick.x, Self.height))
            }
            draw(row.mark, scale, to: &writer)
          }
        }
      }
      writer.element(.td, .className("n"), text: row.figures)
    }
  }

  private func draw(_ mark: Mark, _ scale: RowScale, to writer: inout MarkupWriter) {
    switch mark {
    case .parts(let parts):
      let tones = key.isEmpty ? [.good] : key.map(\.tone)
      var sum = 0.0
      let ends = zip(parts, tones).filter { $0.0 > 0 }.map { part, tone in
        sum += part
        return (style: tone.style, end: scale.x(sum))
      }
      writer.stack(ends, from: scale.x(0), y: 4, height: 12)
    case .interval(let rate):
      guard let value = rate.rate, let low = rate.low, let high = rate.high else { return }
      let (left, right, x) = (scale.x(low), scale.x(high), scale.x(value))
      writer.bar("range", x: left, y: 6, width: right - left, height: 8)
      writer.line("value", from: (x, 3), to: (x, 17))
    case .span(let values):
      guard let first = values.first, let last = values.last else { return }
      let (left, right) = (scale.x(first), scale.x(last))
      writer.bar("range", x: left, y: 8, width: max(right, left + 2) - left, height: 4)
      for x in values.map(scale.x) { writer.line("value", from: (x, 4), to: (x, 16)) }
    }
  }

  private static func drawAxis(_ scale: RowScale, _ size: ChartSize, to writer: inout MarkupWriter)
  {
    drawing(size, to: &writer) { writer in
      writer.line("axis", from: (2, 0.5), to: (size.rowWidth - 2, 0.5))
      for tick in scale.ticks {
        let half = Double(tick.text.count) * ChartSize.letterWidth / 2
        let anchor: StaticString =
          tick.x < half ? "start" : tick.x > size.rowWidth - half ? "end" : "middle"
        writer.line("axis", from: (tick.x, 0), to: (tick.x, 4))
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
}

extension MatrixChart {
  /// How many rows are drawn; they come with the largest first.
  private static var shownRows: Int { 12 }

  /// Draws the chart as a table whose cells are the darker the more they hold, each with its number: it needs no other
  /// table beside it, and is one to those who cannot see it.
  func draw(number: Int, to writer: inout MarkupWriter) {
    let most = rows.flatMap(\.counts).max() ?? 0
    writer.table("matrix", number, style: "matrix") { writer in
      writer.number(writer.numbering.nextFigure())
      writer.text(title)
    } head: { writer in
      writer.element(.th, .scope(.col), text: axis)
      for column in columns {
        writer.element(.th, .scope(.col), .className("n"), text: column)
      }
    } body: { writer in
      writer.element(.tbody) { writer in
        for row in rows.prefix(Self.shownRows) { Self.write(row, most: most, to: &writer) }
      }
    }
    writer.newline()
  }

  private static func write(
    _ row: (name: RowName, counts: [Int]), most: Int, to writer: inout MarkupWriter
  ) {
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { writer in
        switch row.name {
        case .word(let word): writer.text(word)
        case .name(let name): writer.untrusted(name, or: "No workflow type")
        }
      }
      for count in row.counts {
        writer.element(.td, .className(shade(count, most))) { writer in
          writer.text(DisplayFormat.count(count))
        }
      }
    }
    writer.newline()
  }

  /// Five shades by the square root, so that small counts are seen beside large ones.
  private static func shade(_ count: Int, _ most: Int) -> StaticString {
    guard count > 0 else { return "n s0" }
    switch (Double(count) / Double(most)).squareRoot() {
    case ..<0.25: return "n s1"
    case ..<0.45: return "n s2"
    case ..<0.65: return "n s3"
    case ..<0.85: return "n s4"
    default: return "n s5"
    }
  }
}
