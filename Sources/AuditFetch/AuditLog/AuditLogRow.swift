import AuditModel

/// A row of the server's audit log, as far as it says which instance it is about.
struct AuditLogRow: Sendable {
  /// The server's number; `nil` where it has none that can be read.
  let number: Int64?
  /// What kind of row it is.
  let kind: AuditLogFindings.Kind

  /// The fields that number, date and sort a row, whatever it is about.
  private static let others = Set(
    ["id", "timestamp", "signature", "category", "operation", "level"].map { Name($0) })

  /// Looks at the fields of a row; `nil` for what is no row.
  init?(_ row: JSONValue, about id: InstanceID, _ referenceID: Int64) {
    guard case .object(let members) = row else { return nil }
    func member(_ name: String) -> JSONValue? {
      members.first { Name(bytes: $0.key.utf8.lowercasedASCII) == Name(name) }?.value
    }
    number = member("id")?.integer
    var kind = AuditLogFindings.Kind(
      category: member("category")?.integer, entityType: member("entitytype")?.text,
      operation: member("operation")?.integer)
    let fields = members.keys.sorted { $0.precedes($1) }
    for field in fields
    where !Self.others.contains(Name(bytes: field.utf8.lowercasedASCII)) {
      guard let text = members[field]?.shownText else { continue }
      if InstanceID.all(in: Array(text.utf8)).contains(id) {
        kind.withID.append(field)
      } else if Self.holds(referenceID, in: text) {
        kind.withReferenceID.append(field)
      }
    }
    self.kind = kind
  }

  /// Whether a number stands by itself in a text: no other digit, letter, hyphen or full stop touches it.
  private static func holds(_ number: Int64, in text: String) -> Bool {
    text.utf8.split { byte in
      !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-")
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20)
    }.contains { $0.elementsEqual(String(number).utf8) }
  }
}

extension JSONValue {
  fileprivate var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
  /// A text, or a whole number in digits.
  fileprivate var shownText: String? { text ?? integer.map { String($0) } }
}
