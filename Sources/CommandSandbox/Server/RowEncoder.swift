import FoundationEssentials

/// Writes rows as the product does: compact, nulls explicit, everything but plain ASCII escaped.
struct RowEncoder {
  let options: SandboxOptions

  /// The rows as a JSON array.
  func encode(_ rows: some Sequence<SandboxRow>) -> [UInt8] {
    var output = Array("[".utf8)
    for row in rows {
      if output.count > 1 { output.append(UInt8(ascii: ",")) }
      append(row, to: &output)
    }
    output.append(UInt8(ascii: "]"))
    return output
  }

  private func append(_ row: SandboxRow, to output: inout [UInt8]) {
    output += "{".utf8
    field("Id", row.id, first: true, &output)
    if options.statusAsInteger {
      key("Status", first: false, &output)
      output += String(SandboxRow.Status.allCases.firstIndex(of: row.status) ?? 0).utf8
    } else {
      field("Status", row.status.rawValue, &output)
    }
    field("CurrentStepId", row.stepID, &output)
    field("StatusMessage", row.statusMessage, &output)
    key("Definition", first: false, &output)
    output += "{".utf8
    field("Id", row.definition.id, first: true, &output)
    field("DisplayName", row.definition.name, &output)
    key("Version", first: false, &output)
    output += String(row.version).utf8
    field("WorkflowType", row.definition.workflowType, &output)
    output += "}".utf8
    field("CurrentStepDisplayName", row.stepName, &output)
    field("CurrentStepUniqueName", row.stepUniqueName, &output)
    field("Title", row.title, &output)
    if row.hasLoneSurrogate, row.title != nil {
      output.removeLast()
      output += "\\ud800\"".utf8
    }
    field("LastModified", date(row.lastModified), &output)
    field("StartDate", date(row.start), &output)
    key("ReferenceId", first: false, &output)
    output += String(row.referenceID).utf8
    output += "}".utf8
  }

  private func key(_ name: String, first: Bool, _ output: inout [UInt8]) {
    if !first { output += ",".utf8 }
    let written =
      options.keyCase == .camel ? name.prefix(1).lowercased() + name.dropFirst() : name
    output += "\"\(written)\":".utf8
  }

  private func field(_ name: String, _ value: String?, first: Bool = false, _ output: inout [UInt8])
  {
    key(name, first: first, &output)
    guard let value else {
      output += "null".utf8
      return
    }
    output += "\"".utf8
    for unit in value.utf16 {
      switch unit {
      case 0x5C: output += "\\\\".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0D: output += "\\r".utf8
      case 0x09: output += "\\t".utf8
      case 0x20..<0x7F where !Self.escaped.contains(UInt8(unit)): output.append(UInt8(unit))
      default:
        let digits = String(unit, radix: 16, uppercase: true)
        output += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
      }
    }
    output += "\"".utf8
  }

  private static let escaped = Set("\"'<>&+`".utf8)

  private func date(_ milliseconds: Int64) -> String {
    let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000))
    let head = seconds.formatted(.iso8601).prefix(19)
    let digits = String(milliseconds % 1000 + 1000).dropFirst()
    switch options.dateStyle {
    case .sevenDigits: return "\(head).\(digits)0000Z"
    case .zoneless: return milliseconds % 1000 == 0 ? String(head) : "\(head).\(digits)"
    case .trimmed:
      let trimmed = digits.reversed().drop { $0 == "0" }.reversed()
      return trimmed.isEmpty ? "\(head)Z" : "\(head).\(String(trimmed))Z"
    }
  }
}
