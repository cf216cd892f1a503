public import AuditModel

/// Writes instances.ndjson, one line an instance: the columns of instances.csv in camel case, nulls written, text untouched.
public enum InstancesNDJSON {
  /// Appends the line of an instance, with its newline.
  public static func append(_ instance: Instance, of batch: InstanceBatch, to output: inout [UInt8])
  {
    let text = batch.text.span
    for (column, key) in keys {
      output.append(contentsOf: key)
      switch instance.cell(column) {
      case .missing: output.append(contentsOf: "null".utf8)
      case .name(let name):
        let bytes = name.bytes
        JSONString.append(bytes.span, to: &output)
      case .slice(let slice): JSONString.append(text.extracting(slice.range), to: &output)
      case .word(let word): output.append(contentsOf: "\"\(word)\"".utf8)
      case .integer(let number): output.append(integer: number)
      case .id(let id):
        output.append(UInt8(ascii: "\""))
        id.append(to: &output)
        output.append(UInt8(ascii: "\""))
      case .instant(let instant):
        output.append(UInt8(ascii: "\""))
        instant.append(to: &output)
        output.append(UInt8(ascii: "\""))
      case .flags(let flags):
        let names = flags.names.map { "\"\($0)\"" }.joined(separator: ",")
        output.append(contentsOf: "[\(names)]".utf8)
      }
    }
    output.append(contentsOf: [UInt8(ascii: "}"), 0x0A])
  }

  /// Each column with what stands before its value: `{"referenceId":`, `,"id":` and so on.
  private static let keys: [(column: InstanceColumn, bytes: [UInt8])] =
    InstanceColumn.allCases.enumerated().map { index, column in
      (column, Array("\(index == 0 ? "{" : ",")\"\(column.camelCaseName)\":".utf8))
    }
}

extension InstanceColumn {
  /// The key in instances.ndjson.
  public var camelCaseName: String {
    let parts = rawValue.split(separator: "_")
    return parts.enumerated().map { index, part in
      index == 0 ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
    }.joined()
  }
}
