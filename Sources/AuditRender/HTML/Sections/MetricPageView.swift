import AuditModel
import SafeXML

/// A metric's part of the page, written block by block.
struct MetricPageView: ReportSection {
  let page: MetricPage
  /// How many rows tables show, where they follow the slot.
  let limit: Int
  let files: PackFiles

  var id: StaticString { page.id }
  var idNumber: Int? { page.number }
  var title: String { page.title }

  func writeBody(to writer: inout MarkupWriter) {
    for block in page.blocks { write(block, to: &writer) }
  }

  private func write(_ block: PageBlock, to writer: inout MarkupWriter) {
    switch block {
    case .sentence(let sentence): writer.sentence(files.words(sentence))
    case .note(let text): writer.note(files.words(text))
    case .figures(let figures): write(figures, to: &writer)
    case .chart(let chart, let number): draw(chart, number: number, to: &writer)
    case .table(let table): write(table, to: &writer)
    case .group(_, let blocks) where blocks.isEmpty: break
    case .group(let arrangement, let blocks):
      writer.element(.div, .className(arrangement == .pair ? "pair" : "charts")) { writer in
        for block in blocks {
          // A table and what opens below it stay in their column.
          writer.element(.div) { write(block, to: &$0) }
        }
      }
      writer.newline()
    case .details(let summary, let blocks):
      writer.element(.details) { writer in
        writer.element(.summary, text: summary)
        for block in blocks { write(block, to: &writer) }
      }
      writer.newline()
    }
  }

  private func write(_ figures: [Figure], to writer: inout MarkupWriter) {
    writer.element(.dl, .className("facts short")) { writer in
      writer.newline()
      for figure in figures {
        writer.entry(figure.field.title) { $0.cell(figure.value) }
      }
    }
    writer.newline()
  }

  private func draw(_ chart: Chart, number: Int, to writer: inout MarkupWriter) {
    switch chart {
    case .curves(let chart): chart.draw(number: number, to: &writer)
    case .rows(let chart): chart.draw(number: number, to: &writer)
    case .matrix(let chart): chart.draw(number: number, to: &writer)
    case .ended(let estimate, let subject):
      EndedChart(estimate: estimate, subject: subject, number: number).draw(to: &writer)
    case .days(let periods):
      DayChart(trend: periods).draw(beside: files.table("days"), to: &writer)
    }
  }

  private func write(_ table: PageTable, to writer: inout MarkupWriter) {
    let content = table.content
    let shown = min(table.most, table.followsSlot ? limit : .max, content.count)
    let rows = Array(content.rows(first: shown))
    let columns = content.fields.indices.filter { index in
      let field = content.fields[index]
      return !field.isDetail
        && !(table.optional.contains(field.name) && Self.saysNothing(field, index, in: rows))
    }
    HTMLTable(
      id: table.id, number: table.number, caption: files.words(content.title),
      subject: table.subject,
      columns: columns.map { index in
        let field = content.fields[index]
        return Column(field.name, field.title, field.kind, about: field.about) { $0[index] }
      },
      rows: rows, omitted: content.count - rows.count,
      file: content.place.file.flatMap(files.table), total: table.total,
      atOnce: table.atOnce,
      plot: table.drawing.map { Self.plot($0, of: content.fields, holding: rows) }
    ).write(to: &writer)
  }

  /// How a drawing is made of the cells of a row.
  private static func plot(
    _ drawing: PageTable.Drawing, of fields: [Field], holding rows: [[Cell]]
  ) -> RowPlot<[Cell]> {
    switch drawing {
    case .interval:
      let column = fields.firstIndex { $0.name == "rate" }
      let rate: ([Cell]) -> RateDocument? = { row in
        if let column, case .rate(let rate) = row[column] { rate } else { nil }
      }
      return .interval(IntervalPlot(holding: rows.compactMap(rate)), rate)
    case .parts(let parts):
      let columns = parts.compactMap { part in
        fields.firstIndex { $0.name == part.column }.map { (index: $0, tone: part.tone) }
      }
      return .parts(columns.map { .init(fields[$0.index].title, $0.tone) }) { row in
        columns.map { if case .count(let number) = row[$0.index] { number } else { 0 } }
      }
    }
  }

  /// Whether a column names nothing in any of the rows; a missing figure, though, says something.
  private static func saysNothing(_ field: Field, _ column: Int, in rows: [[Cell]]) -> Bool {
    switch field.kind {
    case .text, .identifier, .flag, .ids: rows.allSatisfy { $0[column] == .missing(.none) }
    case .count, .ratio, .number, .measure, .duration, .instant, .day: false
    }
  }
}

/// A section that is made of the parts of several metrics, and says what was looked for and not found.
struct GatheredSection: SlotSection {
  let slot: Slot
  let parts: [MetricPage]
  let nothingFound: [String]
  let limit: Int
  let files: PackFiles

  func writeBody(to writer: inout MarkupWriter) {
    for part in parts {
      if parts.count > 1 || part.title != title {
        writer.element(.h3, .id(part.id, part.number)) { writer in
          writer.number(writer.numbering.nextHeading())
          writer.text(part.title)
        }
        writer.newline()
      }
      MetricPageView(page: part, limit: limit, files: files).writeBody(to: &writer)
    }
    if !nothingFound.isEmpty {
      writer.element(.p, .className("nothing")) { writer in
        writer.element(.strong, text: "Checked, nothing found:")
        writer.text(" \(nothingFound.joined(separator: ", ")).")
      }
      writer.newline()
    }
  }
}
