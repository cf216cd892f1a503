import AuditModel
import SafeXML

/// A table on the page: its first rows, more that open in place, and the name of the file that has them all.
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
  /// Rows shown, those that open in place among them.
  var limit = Int.max
  /// Rows that are not among them.
  var omitted = 0
  /// The file with all rows.
  var file: String?
  /// The last row, about all of them.
  var total: [Cell]?
  /// How many rows are seen at once; one or two more are seen with them.
  var atOnce = 8
  /// A last column with a drawing.
  var plot: RowPlot<Row>?
  /// The column whose cells have a sign before them, and which.
  var mark: (column: String, grade: (Row) -> ReportStatus.Grade)?

  /// Writes the table in a region that can be scrolled, with the keyboard too.
  func write(to writer: inout MarkupWriter) {
    let title = writer.numbering.nextTable()
    let shown = min(rows.count, limit)
    let first = shown > atOnce + 2 ? atOnce : shown
    write(0..<first, title, isFirst: true, isLast: first == shown, to: &writer)
    guard first < shown else { return }
    writer.element(.details) { writer in
      writer.element(.summary, text: "\(DisplayFormat.count(shown - first)) more rows")
      write(first..<shown, "\(title), continued", isFirst: false, isLast: true, to: &writer)
    }
    // What is closed is not printed: there the file has what the page leaves out.
    if let file {
      writer.element(.p, .className("note printed")) { writer in
        writer.text("\(DisplayFormat.count(omitted + rows.count - first)) more in ")
        writer.element(.code, text: file)
        writer.text(".")
      }
    }
    writer.newline()
  }

  private func write(
    _ range: Range<Int>, _ title: String, isFirst: Bool, isLast: Bool,
    to writer: inout MarkupWriter
  ) {
    writer.table(
      id, number, continuing: isFirst ? nil : "\(title): \(caption)",
      style: plot?.isInterval == true ? "rates" : nil
    ) { writer in
      writer.number(title)
      if isFirst { writeTitle(to: &writer) }
    } head: {
      writeHead(to: &$0)
    } body: { writer in
      writer.rows(of: rows[range]) { row, writer in
        writeRow(columns.map { $0.value(row) }, of: row, to: &writer)
      }
      writeFoot(isLast: isLast, hasTotal: isFirst, to: &writer)
    }
    writer.newline()
  }

  private func writeTitle(to writer: inout MarkupWriter) {
    writer.text(caption)
    if let subject {
      writer.text(": ")
      writer.untrusted(subject)
    }
    if let plot, !plot.key.isEmpty {
      writer.text(" ")
      writer.element(.span, .className("key")) { $0.key(plot.key) }
    }
  }

  private func writeHead(to writer: inout MarkupWriter) {
    for column in columns {
      writer.element(
        .th, [.scope(.col)] + (column.field.kind.isNumeric ? [.className("n")] : []),
      ) { $0.text(title(of: column.field)) }
    }
    if let plot {
      writer.element(.th, .scope(.col), .className("plot")) { plot.writeHead(to: &$0) }
    }
  }

  /// The interval of a rate is drawn, and not written.
  private func title(of field: Field) -> String {
    field.name == "rate" && plot?.isInterval == true ? "Rate" : field.title
  }

  private func writeRow(_ cells: [Cell], of row: Row?, to writer: inout MarkupWriter) {
    writer.element(.tr) { writer in
      for (index, cell) in cells.enumerated() {
        let style =
          mark?.column == columns[index].field.name
          ? [.className("mark")] : Self.style(of: cell, in: columns[index])
        let content = { (writer: inout MarkupWriter) in
          if let mark, let row, columns[index].field.name == mark.column {
            writer.sign(mark.grade(row))
            writer.text(" ")
          }
          // The interval is drawn beside it.
          if case .rate(let rate) = cell, plot?.isInterval == true {
            writer.rateAlone(rate)
          } else {
            writer.cell(cell)
          }
        }
        if index == 0 {
          writer.element(.th, [.scope(.row)] + style, content: content)
        } else {
          writer.element(.td, style, content: content)
        }
      }
      if let plot {
        writer.element(.td, .className("plot")) { writer in
          if let row { plot.draw(row, to: &writer) }
        }
      }
    }
  }

  /// Numbers line up, names and lists need some room.
  private static func style(of cell: Cell, in column: Column<Row>) -> [MarkupAttribute] {
    if column.field.kind.isNumeric { return [.className("n")] }
    switch cell {
    case .text, .named: return [.className("name")]
    case .ids: return [.className("list")]
    default: return []
    }
  }

  private func writeFoot(isLast: Bool, hasTotal: Bool, to writer: inout MarkupWriter) {
    let others = isLast ? omitted + rows.count - min(rows.count, limit) : 0
    let total = hasTotal ? total : nil
    guard total != nil || others > 0 else { return }
    writer.element(.tfoot) { writer in
      if others > 0 {
        writer.element(.tr) { writer in
          writer.element(
            .td, .columnSpan(columns.count + (plot == nil ? 0 : 1)), .className("others")
          ) { writer in
            writer.text("\(DisplayFormat.count(others)) more")
            if let file {
              writer.text(" in ")
              writer.element(.code, text: file)
            }
          }
        }
      }
      if let total { writeRow(total, of: nil, to: &writer) }
    }
  }
}
