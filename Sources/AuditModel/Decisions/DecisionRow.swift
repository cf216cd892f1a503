/// A row of a file of decisions, while it is read.
struct DecisionRow {
  let record: CSVScanner.Record
  let columns: DecisionColumns
  let scanner: CSVScanner
  /// What is wrong with it, and at which byte.
  private(set) var mistakes: [CSVScanner.Fault] = []

  /// The bytes of a cell; `nil` where the file has no such column.
  private func bytes(_ column: String) -> [UInt8]? {
    columns.cell(column).map { scanner.text(of: record.cells[$0]) }
  }

  private mutating func refuse(_ column: String, _ problem: String) {
    let cell = columns.cell(column) ?? 0
    mistakes.append(
      .init(byte: record.cells[cell].range.lowerBound, problem: "\(column): \(problem)"))
  }

  private func shown(_ bytes: [UInt8]) -> String {
    NamedValue.shown(String(decoding: bytes, as: UTF8.self))
  }
}

// The shape of decisions.
extension DecisionRow {
  /// The decision that the row is; `nil` after a mistake.
  mutating func decision() -> Decision? {
    let id = id()
    let referenceID = referenceID()
    let isNamed = id != nil || referenceID != nil
    if !isNamed, mistakes.isEmpty {
      let column = columns.cell("reference_id") == nil ? "id" : "reference_id"
      refuse(column, "the row names no instance. Write its \(column).")
    }
    let approver = approver()
    let at = decidedAt()
    let outcome = outcome()
    guard mistakes.isEmpty, let approver, let at, let outcome else { return nil }
    return Decision(
      ids: [id].compactMap(\.self), referenceID: referenceID, approver: approver, at: at,
      outcome: outcome, comment: text("comment"), source: text("source"), line: record.line)
  }

  /// A cell of which only the value counts: without blanks around it, and without the apostrophe that marks a text.
  private func value(_ column: String) -> [UInt8]? {
    guard var value = bytes(column)?.trimmedBlanks else { return nil }
    if value.first == UInt8(ascii: "'") { value.removeFirst() }
    return value.isEmpty ? nil : value
  }

  private mutating func id() -> InstanceID? {
    guard let value = value("id") else { return nil }
    if let id = InstanceID(value.span) { return id }
    refuse(
      "id",
      "\(shown(value)) is not a valid GUID. Write it as 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1.")
    return nil
  }

  private mutating func referenceID() -> Int64? {
    guard let value = value("reference_id") else { return nil }
    if let number = value.decimalValue { return number }
    refuse(
      "reference_id",
      "\(shown(value)) is not a valid reference ID. Write the whole number, such as 150003.")
    return nil
  }

  private mutating func approver() -> User? {
    let text = CellText.read(bytes("approver") ?? [])
    if text.trimmedBlanks.isEmpty {
      refuse("approver", "it is empty. Write who decided, as Keyfactor Command spells the user.")
      return nil
    }
    if text.trimmedBlanks.count != text.count {
      refuse("approver", "\(shown(text)) begins or ends with a blank. Remove it.")
      return nil
    }
    return User(named: Name(bytes: text))
  }

  private mutating func decidedAt() -> Instant? {
    let value = value("decided_at") ?? []
    if let instant = Instant(zoned: String(decoding: value, as: UTF8.self)) { return instant }
    refuse(
      "decided_at",
      value.isEmpty
        ? "it is empty. Write when it was decided, such as 2026-10-01T12:24:00Z."
        : "\(shown(value)) is not a valid time with a zone. Write it as 2026-10-01T12:24:00Z or "
          + "2026-10-01T14:24:00+02:00.")
    return nil
  }

  private mutating func outcome() -> Decision.Outcome? {
    let value = value("decision") ?? []
    let word = String(decoding: value.lowercasedASCII, as: UTF8.self)
    if let outcome = Decision.Outcome(rawValue: word) { return outcome }
    refuse(
      "decision",
      "\(value.isEmpty ? "nothing" : shown(value)) is not a valid decision. Write approved or rejected."
    )
    return nil
  }

  private func text(_ column: String) -> Name? {
    let text = CellText.read(bytes(column) ?? [])
    return text.isEmpty ? nil : Name(bytes: text)
  }
}

// The shape of the portal's audit log.
extension DecisionRow {
  /// The words of the product's operations that decide something, in lower case, and what they decide.
  static let operations: [(word: String, outcome: Decision.Outcome)] = [
    ("approved", .approved), ("denied", .rejected), ("disapproved", .rejected),
    ("rejected", .rejected),
  ]

  /// The decision that the row is; `nil` for any other row, and after a mistake.
  ///
  /// A row counts only where its operation is one of ``operations`` and GUIDs occur in Message, Name or XMLMessage: it is a
  /// decision on each of the instances among them.
  mutating func auditLogEntry() -> Decision? {
    let word = String(
      decoding: (bytes("operation") ?? []).trimmedBlanks.lowercasedASCII, as: UTF8.self)
    guard let operation = Self.operations.first(where: { $0.word.isSame(as: word) }) else {
      return nil
    }
    var ids: Set<InstanceID> = []
    for column in ["message", "name", "xmlmessage"] {
      ids.formUnion(InstanceID.all(in: bytes(column) ?? []))
    }
    guard !ids.isEmpty else { return nil }
    let user = (bytes("user") ?? []).trimmedBlanks
    if user.isEmpty {
      refuse("user", "it is empty, so that nobody decided. Remove the row if it is no decision.")
    }
    let at = timestamp()
    guard mistakes.isEmpty, let at else { return nil }
    let number = (bytes("id") ?? []).trimmedBlanks
    return Decision(
      ids: ids.sorted(), approver: User(named: Name(bytes: user)), at: at,
      outcome: operation.outcome,
      source: number.isEmpty ? nil : Name(bytes: Array("audit log ".utf8) + number),
      line: record.line)
  }

  /// With a zone, or without one in UTC, as the product keeps it.
  private mutating func timestamp() -> Instant? {
    let value = (bytes("timestamp") ?? []).trimmedBlanks
    if let instant = Instant(rfc3339: value.span) { return instant }
    refuse(
      "timestamp",
      value.isEmpty
        ? "it is empty. The time of a decision must be there."
        : "\(shown(value)) can be read in more than one way, or not at all. Write it as 2026-10-01T12:24:00Z: "
          + "year, month, day, then the time with seconds, in UTC or with a zone.")
    return nil
  }
}

extension InstanceID {
  /// The GUIDs in a text that no letter, digit or hyphen touches.
  public static func all(in text: [UInt8]) -> [InstanceID] {
    let hyphen = UInt8(ascii: "-")
    func touches(_ index: Int) -> Bool {
      guard text.indices.contains(index) else { return false }
      return text[index] == hyphen || text[index].isASCIIAlphanumeric
    }
    var found: [InstanceID] = []
    var start = 0
    while start + length <= text.count {
      guard text[start + 8] == hyphen, text[start + 13] == hyphen, !touches(start - 1),
        !touches(start + length),
        let id = InstanceID(text.span.extracting(start..<start + length))
      else {
        start += 1
        continue
      }
      found.append(id)
      start += length
    }
    return found
  }
}
