/// The columns of a file of decisions: which cell of a row is what.
struct DecisionColumns {
  /// What is wrong with the header, and with which cell of it.
  struct Problem {
    var cell: Int
    var sentence: String
  }

  /// A header that serves.
  static let example = "reference_id,approver,decided_at,decision"

  /// Their names in a file of decisions.
  static let ofDecisions = [
    "id", "reference_id", "approver", "decided_at", "decision", "comment", "source",
  ]
  /// Their names in the portal's audit log.
  static let ofAuditLog = [
    "id", "timestamp", "message", "operation", "level", "user", "category", "name", "xmlmessage",
  ]
  /// Those that an audit log must have to be read.
  private static let neededOfAuditLog = [
    "timestamp", "message", "operation", "user", "name", "xmlmessage",
  ]

  /// Whether it is an audit log as the portal writes it.
  let isAuditLog: Bool
  /// How many there are.
  var count: Int { names.count }
  /// Those that are not used, as the header spells them.
  private(set) var unused: [Name] = []
  /// Why the rows cannot be read.
  private(set) var problems: [Problem] = []

  /// In lower case, without blanks around them.
  private let names: [Name]
  private var cells: [Name: Int] = [:]

  /// Tells the shape of a file by its header.
  init(_ header: [Name]) {
    names = header.map { Name(bytes: $0.bytes.trimmedBlanks.lowercasedASCII) }
    let known = Set(names)
    func has(_ name: String) -> Bool { known.contains(Name(name)) }
    let isDecisions = has("decided_at") || has("decision") || has("approver")
    isAuditLog = !isDecisions && Self.neededOfAuditLog.count(where: has) >= 3
    let used = Set((isAuditLog ? Self.ofAuditLog : Self.ofDecisions).map { Name($0) })
    for (cell, name) in names.enumerated() {
      if cells[name] != nil {
        problems.append(
          .init(
            cell: cell,
            sentence: "the column \(Self.shown(header[cell])) is there twice. Remove one."))
      }
      cells[name] = cell
      if !used.contains(name) { unused.append(header[cell]) }
    }
    let needed = isAuditLog ? Self.neededOfAuditLog : ["approver", "decided_at", "decision"]
    let missing =
      needed.filter { !has($0) }
      + (isAuditLog || has("id") || has("reference_id") ? [] : ["reference_id or id"])
    if !missing.isEmpty {
      let shape =
        isAuditLog
        ? "An audit log of the portal has Id, Timestamp, Message, Operation, Level, User, Category, Name, XMLMessage"
        : "Decisions need \(Self.example), or id instead of reference_id"
      let separator = Self.separator(of: header)
      problems.append(
        .init(
          cell: 0,
          sentence:
            "the header has no column \(missing.joined(separator: ", no column ")). "
            + (separator.map {
              "Its columns seem to be separated by \($0): separate them by commas."
            }
              ?? "\(shape).")))
    }
  }

  /// The place of a column in a row; `nil` where the file has none of that name.
  func cell(_ name: String) -> Int? { cells[Name(name)] }

  private static func shown(_ name: Name) -> String { NamedValue.shown(name.string) }

  /// Another separator that makes columns of a header which has one column.
  private static func separator(of header: [Name]) -> String? {
    guard header.count == 1, let bytes = header.first?.bytes else { return nil }
    if bytes.contains(UInt8(ascii: ";")) { return "semicolons" }
    return bytes.contains(0x09) ? "tabs" : nil
  }
}
