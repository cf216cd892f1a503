/// Writes rows as the product does: compact, in the vendor's order of fields, nulls explicit.
struct RowEncoder {
  private enum Key: String, CaseIterable {
    case id = "Id"
    case status = "Status"
    case currentStepID = "CurrentStepId"
    case statusMessage = "StatusMessage"
    case definition = "Definition"
    case displayName = "DisplayName"
    case version = "Version"
    case workflowType = "WorkflowType"
    case currentStepDisplayName = "CurrentStepDisplayName"
    case currentStepUniqueName = "CurrentStepUniqueName"
    case title = "Title"
    case lastModified = "LastModified"
    case startDate = "StartDate"
    case referenceID = "ReferenceId"
  }

  private let dateStyle: SandboxOptions.DateStyle
  private let statusAsInteger: Bool
  /// `"Id":` and so on.
  private let keys: [Key: [UInt8]]

  init(_ options: SandboxOptions) {
    dateStyle = options.dateStyle
    statusAsInteger = options.statusAsInteger
    let isCamel = options.keyCase == .camel
    keys = Dictionary(
      uniqueKeysWithValues: Key.allCases.map { key in
        let name = key.rawValue
        let written = isCamel ? name.prefix(1).lowercased() + name.dropFirst() : name
        return (key, Array("\"\(written)\":".utf8))
      })
  }

  /// Rows as a JSON array.
  func encode(_ rows: some Collection<SandboxRow>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 + rows.count * 640)
    var separator = UInt8(ascii: "[")
    for row in rows {
      bytes.append(separator)
      append(row, to: &bytes)
      separator = UInt8(ascii: ",")
    }
    if rows.isEmpty { bytes.append(separator) }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }

  private func append(_ row: SandboxRow, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    append(.id, row.id, to: &bytes)
    if statusAsInteger {
      append(.status, number: Int64(row.status.number), to: &bytes)
    } else {
      append(.status, row.status.rawValue, to: &bytes)
    }
    append(.currentStepID, row.step.id, to: &bytes)
    append(.statusMessage, row.statusMessage, to: &bytes)
    append(.definition, row.definition, to: &bytes)
    append(.currentStepDisplayName, row.step.name, to: &bytes)
    append(.currentStepUniqueName, row.step.uniqueName, to: &bytes)
    append(.title, row.title, to: &bytes)
    append(.lastModified, date: row.lastModified, to: &bytes)
    append(.startDate, date: row.start, to: &bytes)
    append(.referenceID, number: row.referenceID, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private func append(
    _ key: Key, _ definition: SandboxRow.Definition, to bytes: inout [UInt8]
  ) {
    appendKey(key, to: &bytes)
    bytes.append(UInt8(ascii: "{"))
    append(.id, definition.id, to: &bytes)
    append(.displayName, definition.name, to: &bytes)
    append(.version, number: Int64(definition.version), to: &bytes)
    append(.workflowType, definition.workflowType, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private func append(_ key: Key, _ text: String?, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    if let text {
      JSONText.append(text, to: &bytes)
    } else {
      bytes += "null".utf8
    }
  }

  private func append(_ key: Key, number: Int64, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    bytes += String(number).utf8
  }

  private func append(_ key: Key, date: Int64?, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    if let date {
      bytes.append(UInt8(ascii: "\""))
      dateStyle.append(date, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes += "null".utf8
    }
  }

  private func appendKey(_ key: Key, to bytes: inout [UInt8]) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes += keys[key] ?? []
  }
}
