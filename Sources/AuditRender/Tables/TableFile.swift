package import AuditModel

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
