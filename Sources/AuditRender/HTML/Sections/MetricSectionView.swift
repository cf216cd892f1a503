import AuditModel
import SafeXML

/// The words, figures, charts and tables of a metric.
struct MetricSectionView: ReportSection {
  let section: MetricSection
  /// Its place among its like, from 1, for ids that are unique on the page.
  let number: Int
  let limit: Int
  let files: PackFiles

  private static let shownCurves = 6

  var id: StaticString { "metric" }
  var idNumber: Int? { number }
  var title: String { section.title }

  func writeBody(to writer: inout MarkupWriter) {
    for sentence in section.sentences { writer.sentence(files.words(sentence)) }
    writer.note(files.words(section.caption))
    writeFigures(to: &writer)
    writeCharts(to: &writer)
    for (index, table) in section.tables.enumerated() where table.count > 0 && table.place.isOnPage
    {
      write(table, number: number * 10 + index, to: &writer)
    }
  }

  private func writeFigures(to writer: inout MarkupWriter) {
    let figures = section.figures.filter { !$0.field.isDetail && !$0.value.isMissing }
    if figures.isEmpty { return }
    writer.element(.dl, .className("facts short")) { writer in
      writer.newline()
      for figure in figures {
        writer.entry(figure.field.title) { $0.cell(figure.value) }
      }
    }
    writer.newline()
  }

  private func writeCharts(to writer: inout MarkupWriter) {
    let charts = section.charts.enumerated().map { (number: number * 100 + $0, chart: $1) }
    // The table has them all; beyond a handful, pictures are no longer compared.
    let curves = charts.compactMap { number, chart in
      if case .curves(let chart) = chart { (number, chart) } else { nil }
    }.prefix(Self.shownCurves)
    if !curves.isEmpty {
      writer.element(.div, .className("charts")) { writer in
        for (number, chart) in curves { chart.draw(number: number, to: &writer) }
      }
      writer.newline()
    }
    for (number, chart) in charts {
      switch chart {
      case .curves: break
      case .rows(let chart): chart.draw(number: number, to: &writer)
      case .matrix(let chart): chart.draw(number: number, to: &writer)
      }
    }
  }

  /// Whether a column names nothing in any of the rows; a missing figure, though, says something.
  private static func saysNothing(
    _ column: Int, of table: MetricTable, in rows: [[Cell]]
  ) -> Bool {
    switch table.fields[column].kind {
    case .text, .identifier, .flag, .ids: rows.allSatisfy { $0[column] == .missing(.none) }
    case .count, .ratio, .number, .measure, .duration, .instant, .day: false
    }
  }

  private func write(_ table: MetricTable, number: Int, to writer: inout MarkupWriter) {
    let rows = Array(table.rows(first: limit))
    let shown = table.fields.indices.filter { column in
      !table.fields[column].isDetail && !Self.saysNothing(column, of: table, in: rows)
    }
    HTMLTable(
      id: "metric-table", number: number, caption: table.title,
      columns: shown.map { index in
        let field = table.fields[index]
        return Column(field.name, field.title, field.kind, about: field.about) { $0[index] }
      },
      rows: rows, omitted: max(0, table.count - limit),
      file: table.place.file.flatMap(files.table)
    ).write(to: &writer)
  }
}
