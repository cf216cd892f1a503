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
      var sum = 0
      let ends = zip(counts, key).filter { $0.0 > 0 }.map { count, entry in
        sum += count
        return (style: entry.tone.style, end: width * Double(sum) / Double(total))
      }
      writer.stack(ends, from: 0, y: 2, height: 10)
    }
  }
}

/// Rates with their intervals drawn under each other on one scale from zero, so that an overlap is seen at once.
///
/// It repeats the figures beside it and is hidden from screen readers.
struct IntervalPlot {
  /// The share at the right end.
  let top: Double

  private static let width = 132.0
  private static let height = 14.0

  /// Makes a plot that holds some rates.
  init(holding rates: [RateDocument]) {
    top = Self.top(holding: rates.compactMap(\.high).max() ?? 1)
  }

  /// The round share at the end of a scale that holds some share.
  static func top(holding share: Double) -> Double {
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75].first { share <= $0 } ?? 1
  }

  /// Writes the ends of the scale.
  fileprivate func writeScale(to writer: inout MarkupWriter) {
    writer.element(.span, text: "0")
    writer.text(" ")
    writer.element(.span, text: "\(Int((top * 100).rounded()))%")
  }

  /// Draws one rate.
  func draw(_ rate: RateDocument, to writer: inout MarkupWriter) {
    guard let value = rate.rate, let low = rate.low, let high = rate.high else { return }
    let middle = Self.height / 2
    writer.element(
      .svg, .className("interval"), .viewBox(width: Self.width, height: Self.height), .hidden
    ) { writer in
      writer.line("grid", from: (0, middle), to: (Self.width, middle))
      writer.bar("range", x: x(low), y: middle - 2.5, width: x(high) - x(low), height: 5)
      writer.line("value", from: (x(value), 1), to: (x(value), Self.height - 1))
    }
  }

  private func x(_ share: Double) -> Double {
    1 + (Self.width - 2) * min(1, share / top)
  }
}
