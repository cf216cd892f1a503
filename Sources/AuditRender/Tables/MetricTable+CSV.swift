import AuditModel

extension MetricTable {
  /// Its columns for the data dictionary.
  var fieldDocuments: [FieldDocument] { fields.map(FieldDocument.init) }

  /// Its content, RFC 4180 with CRLF.
  func csv() -> [UInt8] {
    var output: [UInt8] = []
    output.append(contentsOf: fields.map(\.name).joined(separator: ",").utf8)
    output.append(contentsOf: "\r\n".utf8)
    for row in rows() {
      for (index, cell) in row.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        CSVCell.append(cell, to: &output)
      }
      output.append(contentsOf: "\r\n".utf8)
    }
    return output
  }
}
