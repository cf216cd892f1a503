import AuditModel
import SafeXML

/// What is drawn in the last column of a table; the figures are in the other columns, so that it is hidden from screen
/// readers.
enum RowPlot<Row> {
  /// The interval of a rate, on one scale for all rows.
  case interval(IntervalPlot, (Row) -> RateDocument?)
  /// A bar of parts from the left, as wide as the row with most; what the parts are.
  case parts([RowChart.KeyEntry], (Row) -> [Int])

  private static var width: Double { 132 }
  private static var height: Double { 14 }

  /// Whether intervals are drawn.
  var isInterval: Bool { if case .interval = self { true } else { false } }

  /// What the parts are.
  var key: [RowChart.KeyEntry] { if case .parts(let key, _) = self { key } else { [] } }

  /// Writes what the drawing shows.
  func writeHead(to writer: inout MarkupWriter) {
    switch self {
    case .interval(let scale, _): scale.writeScale(to: &writer)
    case .parts: writer.text("Share of started")
    }
  }

  /// Draws a row.
  func draw(_ row: Row, to writer: inout MarkupWriter) {
    switch self {
    case .interval(let scale, let rate): if let rate = rate(row) { scale.draw(rate, to: &writer) }
    case .parts(let key, let counts): Self.draw(counts(row), key, to: &writer)
    }
  }

  private static func draw(
    _ counts: [Int], _ key: [RowChart.KeyEntry], to writer: inout MarkupWriter
  ) {
    let total = counts.reduce(0, +)
    guard total > 0 else { return }
    writer.element(
      .svg, .className("interval chart"), .viewBox(width: width, height: height), .hidden
    ) { writer in
      var (sum, end) = (0, 0.0)
      for (count, entry) in zip(counts, key) where count > 0 {
        sum += count
        // What is there is seen, however little it is.
        let next = max(width * Double(sum) / Double(total), end + 1.5)
        writer.element(
          .rect, .className(entry.tone.style), .x(end), .y(2), .width(next - end), .height(10)
        ) { _ in }
        end = next
      }
    }
  }
}
