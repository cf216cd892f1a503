public import AuditModel

/// Writes instances.csv, one row an instance: RFC 4180, UTF-8, CRLF, safe to open in a spreadsheet.
public enum InstancesCSV {
  /// The header row.
  public static var header: [UInt8] {
    Array((InstanceColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n").utf8)
  }

  /// Appends the row of an instance.
  public static func append(_ instance: Instance, of batch: InstanceBatch, to output: inout [UInt8])
  {
    let text = batch.text.span
    for (index, column) in columns.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      switch instance.cell(column) {
      case .missing: break
      case .name(let name):
        let bytes = name.bytes
        CSVText.append(bytes.span, to: &output)
      case .slice(let slice): CSVText.append(text.extracting(slice.range), to: &output)
      case .word(let word): output.append(contentsOf: word.utf8)
      case .integer(let number): output.append(integer: number)
      case .id(let id): id.append(to: &output)
      case .instant(let instant): instant.append(to: &output)
      case .flags(let flags): output.append(contentsOf: flags.names.joined(separator: ";").utf8)
      }
    }
    output.append(contentsOf: [0x0D, 0x0A])
  }

  private static let columns = InstanceColumn.allCases
}
