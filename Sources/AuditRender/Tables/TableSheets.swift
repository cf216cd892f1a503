package import AuditModel
package import SafeXLSX

/// The workbook's sheets of tables, each with the columns of its CSV file.
package enum TableSheets {
  /// Writes a sheet a table.
  package static func write(_ report: ReportDocument, to workbook: Workbook) throws {
    try ControlTotals.check(report)
    for (name, table) in ReportTables.all(of: report) {
      try workbook.beginSheet(name, head: table.fields.map(\.name))
      for row in table.rows() { try workbook.append(row.map(cell)) }
    }
  }

  private static func cell(_ cell: Cell) -> SheetCell {
    switch cell {
    case .text(let text), .term(let text, _): .text(text)
    case .count(let number): .whole(Int64(number))
    case .identifier(let number): .whole(number)
    case .ratio(let share): .share(share)
    case .rate(let rate): rate.rate.map { .share($0) } ?? .empty
    case .number(let number), .duration(let number): .number(number)
    case .instant(let instant): .at(instant)
    case .day(let day): .on(day)
    // LibreOffice makes a formula, TRUE(), of a cell that holds a truth value.
    case .flag(let flag): .text(flag ? "true" : "false")
    case .ids(let ids): .text(ids.map(String.init).joined(separator: " "))
    case .durationLimits, .missing: .empty
    }
  }
}
