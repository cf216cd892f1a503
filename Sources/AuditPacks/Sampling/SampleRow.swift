import AuditFiles
import AuditModel
import AuditReport

/// A row of a pack as far as a sample needs it: its values as instances.ndjson has them.
struct SampleRow {
  private var values: [[UInt8]: ArraySlice<UInt8>] = [:]

  init(_ line: ArraySlice<UInt8>) {
    var fields = RowLine(line)
    while let (key, value) = fields.next() { values[Array(key)] = value }
  }

  /// The integer id.
  var referenceID: Int64 {
    Int64(String(decoding: raw(.referenceID), as: UTF8.self)) ?? 0
  }

  /// A value as written: JSON.
  func raw(_ column: InstanceColumn) -> [UInt8] {
    Array(values[Array(column.camelCaseName.utf8)] ?? [])
  }

  /// Whether a name is its status or its outcome.
  func has(_ name: String) -> Bool {
    [.status, .outcome].contains { raw($0).elementsEqual("\"\(name)\"".utf8) }
  }

  /// A written value as text; empty for null.
  static func text(_ raw: [UInt8]) -> String {
    guard raw.first == UInt8(ascii: "\"") else {
      return raw.elementsEqual("null".utf8) ? "" : String(decoding: raw, as: UTF8.self)
    }
    do {
      return try JSONDocument.read(String.self, from: raw)
    } catch {
      return String(decoding: raw, as: UTF8.self)
    }
  }
}
