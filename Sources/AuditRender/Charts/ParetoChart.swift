import AuditModel
import SafeXML

/// Counts by kind, the most frequent first, each with the share that it makes up together with those before it.
struct ParetoChart {
  let title: String
  let rows: [(label: String, count: Int)]
  /// The page's number of the chart, for ids.
  let number: Int

  private static let width = 430.0
  private static let step = 24.0
  private static let left = 132.0
  private static let right = 112.0

  /// Draws the chart; nothing where nothing is counted.
  func draw(to writer: inout MarkupWriter) {
    let total = rows.map(\.count).reduce(0, +)
    guard total > 0, let most = rows.map(\.count).max() else { return }
    let height = Double(rows.count) * Self.step + 4
    writer.element(.figure, .className("pareto")) { writer in
      writer.element(
        .svg, .className("chart"), .viewBox(width: Self.width, height: height), .role("img"),
        .labelledBy("pareto", number)
      ) { writer in
        writer.element(.title, .id("pareto", number), text: title)
        var sum = 0
        for (index, row) in rows.enumerated() {
          sum += row.count
          draw(
            row, share: Double(sum) / Double(total), of: most, y: Double(index) * Self.step,
            to: &writer)
        }
      }
      writer.element(
        .figcaption,
        text: "\(title): the number of each, and the share of it and of all above it together.")
    }
    writer.newline()
  }

  private func draw(
    _ row: (label: String, count: Int), share: Double, of most: Int, y: Double,
    to writer: inout MarkupWriter
  ) {
    let length = (Self.width - Self.left - Self.right) * Double(row.count) / Double(most)
    writer.element(
      .text, .className("end"), .x(Self.left - 8), .y(y + 16), text: row.label)
    writer.element(
      .rect, .className("complete"), .x(Self.left), .y(y + 4), .width(length), .height(16)
    ) { _ in }
    writer.element(
      .text, .x(Self.left + length + 8), .y(y + 16),
      text: "\(Readable.count(row.count)) · \(Readable.percent(share))")
  }
}
