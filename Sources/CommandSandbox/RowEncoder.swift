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

/// A value of JSON, before it is written.
indirect enum JSONValue {
  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// The value as the product writes it, compact.
  func bytes(inCamelCase isCamel: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, isCamel)
    return bytes
  }

  private func append(to bytes: inout [UInt8], _ isCamel: Bool) {
    switch self {
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += String(number).utf8
    case .text(let text): JSONText.append(text, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.append(to: &bytes, isCamel)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, (name, value)) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(
          isCamel ? name.prefix(1).lowercased() + name.dropFirst() : name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        value.append(to: &bytes, isCamel)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}

/// Writes JSON strings as the product's platform does by default: everything but plain ASCII
/// escaped, and of that all that could mean something in a web page.
enum JSONText {
  /// Appends a string in double quotes.
  static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf16 { append(unit, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func append(_ unit: UInt16, to bytes: inout [UInt8]) {
    switch unit {
    case 0x08: bytes += #"\b"#.utf8
    case 0x09: bytes += #"\t"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0C: bytes += #"\f"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case 0x5C: bytes += #"\\"#.utf8
    // " & ' + < > `
    case 0x22, 0x26, 0x27, 0x2B, 0x3C, 0x3E, 0x60: appendEscape(unit, to: &bytes)
    case 0x20..<0x7F: bytes.append(UInt8(unit))
    case UInt16(SandboxRow.loneSurrogate.value): appendEscape(0xD800, to: &bytes)
    default: appendEscape(unit, to: &bytes)
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes += #"\u"#.utf8
    for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(digits[Int(unit >> shift & 15)]) }
  }
}

extension SandboxOptions.DateStyle {
  /// Appends an instant, given in milliseconds since 1970.
  func append(_ milliseconds: Int64, to bytes: inout [UInt8]) {
    let time = CivilTime(milliseconds: milliseconds)
    time.appendISO(to: &bytes)
    if self == .sevenDigits || time.millisecond != 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(digitsOf: time.millisecond, width: 3)
    }
    switch self {
    case .trimmed:
      while time.millisecond != 0, bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    case .sevenDigits: bytes.append(digitsOf: Self.rest(of: milliseconds), width: 4)
    case .zoneless:
      if time.millisecond != 0 { bytes.append(digitsOf: Self.rest(of: milliseconds), width: 4) }
    }
    if self != .zoneless { bytes.append(UInt8(ascii: "Z")) }
  }

  /// Four digits beyond the milliseconds, for a reader to drop: any, but always the same.
  private static func rest(of milliseconds: Int64) -> Int64 { milliseconds % 10_007 % 10_000 }
}
