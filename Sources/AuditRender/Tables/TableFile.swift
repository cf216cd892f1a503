package import AuditModel
package import SafeXLSX

/// `tables/*.csv`: a table of the report in full, where the page shows only the top of it.
package struct TableFile: Sendable {
  /// Where it lies inside the pack, `tables/users.csv`.
  package let path: String
  private let table: MetricTable

  /// The media type of all of them.
  package static let mediaType = "text/csv; charset=utf-8"

  /// The tables whose metric is present, in name order.
  package static func all(of report: ReportDocument) throws -> [TableFile] {
    try ControlTotals.check(report)
    return ReportTables.all(of: report).map { name, table in
      TableFile(path: "tables/\(name).csv", table: table)
    }
  }

  /// Writes its content piece by piece, RFC 4180 with CRLF: of a long list never all is there.
  package func write(_ take: ([UInt8]) throws -> Void) rethrows {
    let pieceLength = 65_536
    var piece = Array((table.fields.map(\.name).joined(separator: ",") + "\r\n").utf8)
    for row in table.rows() {
      for (index, cell) in row.enumerated() {
        if index > 0 { piece.append(UInt8(ascii: ",")) }
        CSVCell.append(cell, to: &piece)
      }
      piece.append(contentsOf: "\r\n".utf8)
      if piece.count >= pieceLength {
        try take(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    try take(piece)
  }
}

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
    case .text(let text), .term(let text, _), .named(let text, _): .text(text)
    case .sentences: .text(cell.displayText)
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
