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
      CSVCell.append(row: row, to: &piece)
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

/// How a cell is written in a CSV file: text by ``CSVText``, figures as plain decimals, missing as nothing.
enum CSVCell {
  /// Appends the cells of a row, and CRLF.
  static func append(row: [Cell], to output: inout [UInt8]) {
    for (index, cell) in row.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      append(cell, to: &output)
    }
    output.append(contentsOf: "\r\n".utf8)
  }

  private static func append(_ cell: Cell, to output: inout [UInt8]) {
    switch cell {
    case .text(let text): CSVText.append(text, to: &output)
    case .term(let name, _): CSVText.append(name, to: &output)
    case .named(let id, _): CSVText.append(id, to: &output)
    case .sentences: CSVText.append(cell.displayText, to: &output)
    case .count(let number): output.append(integer: Int64(number))
    case .identifier(let number): output.append(integer: number)
    case .ratio(let number), .number(let number), .duration(let number):
      append(number, to: &output)
    case .rate(let rate):
      if let share = rate.rate { append(share, to: &output) }
    case .instant(let instant): instant.append(to: &output)
    case .ids(let ids):
      output.append(contentsOf: ids.map(String.init).joined(separator: " ").utf8)
    case .day(let day): output.append(contentsOf: day.utf8)
    case .flag(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .durationLimits, .missing: break
    }
  }

  private static func append(_ number: Double, to output: inout [UInt8]) {
    // Most are whole, and small enough to be so exactly; -0 is not one of them.
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 53,
      whole != 0 || number.sign == .plus
    {
      output.append(integer: whole)
    } else {
      output.append(contentsOf: plainDecimal(number).utf8)
    }
  }

  /// The shortest decimal that reads back as the same number, without an exponent.
  static func plainDecimal(_ number: Double) -> String {
    let text = String(number.magnitude)
    let sign = number < 0 ? "-" : ""
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "e")),
      let exponent = Int(text[mark...].dropFirst())
    else {
      return sign + (text.ends(with: ".0") ? String(text.dropLast(2)) : text)
    }
    let whole = text[..<mark].parts(at: ".")
    let fraction = whole.count == 2 && whole[1] != "0" ? whole[1] : ""
    let digits = whole[0] + fraction
    let point = whole[0].utf8.count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }
}
