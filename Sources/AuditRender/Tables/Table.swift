/// A table of the report that is a file of the pack, whatever its rows are.
protocol TableFile: Sendable {
  /// The file's name without folder and extension.
  var name: String { get }
  /// Its title for people.
  var title: String { get }
  /// Its columns for the data dictionary.
  var fields: [FieldDocument] { get }
  /// Its content, RFC 4180 with CRLF.
  func csv() -> [UInt8]
}

/// A table: named columns over rows.
struct Table<Row: Sendable>: TableFile {
  var name: String
  var title: String
  var columns: [Column<Row>]
  var rows: [Row]

  var fields: [FieldDocument] {
    columns.map { FieldDocument(name: $0.name, title: $0.title, kind: $0.kind, about: $0.about) }
  }

  func csv() -> [UInt8] {
    var output: [UInt8] = []
    output.append(contentsOf: columns.map(\.name).joined(separator: ",").utf8)
    output.append(contentsOf: "\r\n".utf8)
    for row in rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        CSVCell.append(column.value(row), to: &output)
      }
      output.append(contentsOf: "\r\n".utf8)
    }
    return output
  }
}
