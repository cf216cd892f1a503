import AuditModel
import SafeXML

/// A table on the page: the first rows of a table whose file has them all.
struct HTMLTable<Row> {
  /// The caption's id.
  var id: StaticString
  /// Tells apart tables of the same kind.
  var number: Int?
  /// What the table shows.
  var caption: String
  /// Whom it is about, in the server's words.
  var subject: String?
  var columns: [Column<Row>]
  var rows: [Row]
  /// Rows shown.
  var limit = Int.max
  /// Rows that are not among them.
  var omitted = 0
  /// The file with all rows.
  var file: String?
  /// The last row, about all of them.
  var total: [Cell]?
  /// A last column with intervals.
  var plot: (scale: IntervalPlot, rate: (Row) -> RateDocument?)?

  /// Writes the table in a region that can be scrolled, with the keyboard too.
  func write(to writer: inout MarkupWriter) {
    writer.element(
      .div, .className("scroll"), .role("region"), .labelledBy(id, number), .focusable
    ) { writer in
      writer.element(.table, plot == nil ? [] : [.className("rates")]) { writer in
        writeCaption(to: &writer)
        writeHead(to: &writer)
        writer.element(.tbody) { writer in
          for row in rows.prefix(limit) {
            writer.newline()
            writeRow(columns.map { $0.value(row) }, plotted: plot?.rate(row), to: &writer)
          }
        }
        writeFoot(to: &writer)
      }
    }
    writer.newline()
  }

  private func writeCaption(to writer: inout MarkupWriter) {
    writer.element(.caption, .id(id, number)) { writer in
      writer.text(caption)
      if let subject {
        writer.text(": ")
        writer.untrusted(subject)
      }
    }
  }

  private func writeHead(to writer: inout MarkupWriter) {
    writer.element(.thead) { writer in
      writer.element(.tr) { writer in
        for column in columns {
          writer.element(
            .th, [.scope(.col)] + (column.field.kind.isNumeric ? [.className("n")] : []),
          ) { $0.text(column.field.title) }
        }
        if let plot {
          writer.element(.th, .scope(.col), .className("plot")) {
            plot.scale.writeScale(to: &$0)
          }
        }
      }
    }
  }

  private func writeRow(
    _ cells: [Cell], plotted rate: RateDocument? = nil, to writer: inout MarkupWriter
  ) {
    writer.element(.tr) { writer in
      for (index, cell) in cells.enumerated() {
        let style = Self.style(of: cell, in: columns[index])
        if index == 0 {
          writer.element(.th, [.scope(.row)] + style) { $0.cell(cell) }
        } else {
          writer.element(.td, style) { $0.cell(cell) }
        }
      }
      if let plot, let rate {
        writer.element(.td, .className("plot")) { plot.scale.draw(rate, to: &$0) }
      }
    }
  }

  /// Numbers line up, names and lists need some room.
  private static func style(of cell: Cell, in column: Column<Row>) -> [MarkupAttribute] {
    if column.field.kind.isNumeric { return [.className("n")] }
    switch cell {
    case .text: return [.className("name")]
    case .ids: return [.className("list")]
    default: return []
    }
  }

  private func writeFoot(to writer: inout MarkupWriter) {
    let others = omitted + rows.count - min(rows.count, limit)
    guard total != nil || others > 0 else { return }
    writer.element(.tfoot) { writer in
      if others > 0 {
        writer.element(.tr) { writer in
          writer.element(
            .td, .columnSpan(columns.count + (plot == nil ? 0 : 1)), .className("others")
          ) { writer in
            writer.text("others: \(DisplayFormat.count(others))")
            if let file {
              writer.text(", in ")
              writer.element(.code, text: file)
            }
          }
        }
      }
      if let total { writeRow(total, to: &writer) }
    }
  }
}
