/// A query as the server understood it: a predicate over rows.
indirect enum Query: Equatable, Sendable {
  /// The empty query.
  case everything
  case all([Query])
  case any([Query])
  case number(RowField, NumberRelation, Int64)
  case text(RowField, TextRelation, FoldedText)
  /// `-eq NULL` for `true`, `-ne NULL` for `false`.
  case missing(RowField, Bool)

  /// Whether the row at a place satisfies the query.
  ///
  /// As in SQL, a field without a value satisfies no comparison but that with `NULL`.
  func holds(at place: Int, of rows: [SandboxRow]) -> Bool {
    switch self {
    case .everything:
      return true
    case .all(let parts):
      for part in parts where !part.holds(at: place, of: rows) { return false }
      return true
    case .any(let parts):
      for part in parts where part.holds(at: place, of: rows) { return true }
      return false
    case .number(let field, let relation, let limit):
      guard let number = field.number(at: place, of: rows) else { return false }
      return relation.holds(number, limit)
    case .text(let field, let relation, let pattern):
      guard let text = field.text(at: place, of: rows) else { return false }
      return relation.holds(text, pattern)
    case .missing(let field, let isMissing):
      return field.isMissing(at: place, of: rows) == isMissing
    }
  }

  /// The places that can hold a row which satisfies the query, among rows that ascend by reference id: what paging by key
  /// asks for is then found without looking at every row.
  func candidates(among rows: [SandboxRow]) -> Range<Int> {
    switch self {
    case .all(let parts):
      return parts.reduce(rows.indices) { $0.clamped(to: $1.candidates(among: rows)) }
    case .number(.referenceID, let relation, let limit):
      let first = rows.firstPlace { $0.referenceID >= limit }
      let after = rows.firstPlace { $0.referenceID > limit }
      return switch relation {
      case .equal: first..<after
      case .notEqual: rows.indices
      case .less: 0..<first
      case .lessOrEqual: 0..<after
      case .greater: after..<rows.count
      case .greaterOrEqual: first..<rows.count
      }
    default: return rows.indices
    }
  }
}

extension [SandboxRow] {
  /// The first place from which on a condition holds, which must not hold before.
  fileprivate func firstPlace(where holds: (SandboxRow) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Why a query is refused; offsets count bytes from 0.
enum QueryError: Error, Equatable, CustomStringConvertible {
  case unexpected(found: String, expected: String, offset: Int)
  case unclosedQuote(offset: Int)
  case unknownField(String)
  case unfitOperator(String, field: String)
  case unfitValue(String, field: String)
  case tooDeep

  var description: String {
    switch self {
    case .unexpected(let found, let expected, let offset):
      "The query is invalid at \(offset): \(expected) expected, \(found) found."
    case .unclosedQuote(let offset): "The query is invalid at \(offset): the quote has no end."
    case .unknownField(let name): "Invalid query field: \(name)."
    case .unfitOperator(let word, let field): "The operator \(word) does not apply to \(field)."
    case .unfitValue(let value, let field): "The format '\(value)' is invalid for \(field)."
    case .tooDeep: "The query is nested too deeply."
    }
  }
}

/// How a query compares texts.
enum TextRelation: String, Sendable {
  case equal = "eq"
  case notEqual = "ne"
  case contains = "contains"
  case notContains = "notcontains"
  case startsWith = "startswith"
  case endsWith = "endswith"

  func holds(_ text: String, _ pattern: FoldedText) -> Bool {
    let span = text.utf8Span.span
    let count = pattern.bytes.count
    switch self {
    case .equal: return span.count == count && pattern.occurs(in: span, at: 0)
    case .notEqual: return !(span.count == count && pattern.occurs(in: span, at: 0))
    case .startsWith: return pattern.occurs(in: span, at: 0)
    case .endsWith: return pattern.occurs(in: span, at: span.count - count)
    case .contains: return Self.contains(span, pattern)
    case .notContains: return !Self.contains(span, pattern)
    }
  }

  private static func contains(_ span: Span<UInt8>, _ pattern: FoldedText) -> Bool {
    guard span.count >= pattern.bytes.count else { return false }
    for offset in 0...(span.count - pattern.bytes.count)
    where pattern.occurs(in: span, at: offset) {
      return true
    }
    return false
  }
}

/// A text as the database compares it: bytes, without regard to the case of ASCII letters.
struct FoldedText: Hashable, Comparable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = text.utf8.map(Self.fold)
  }

  static func < (left: FoldedText, right: FoldedText) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  static func fold(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }

  /// Whether a text has these bytes from an offset on.
  func occurs(in text: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, bytes.count <= text.count - offset else { return false }
    for index in bytes.indices where Self.fold(text[offset + index]) != bytes[index] {
      return false
    }
    return true
  }
}

/// How a query compares integers and dates.
enum NumberRelation: String, Sendable {
  case equal = "eq"
  case notEqual = "ne"
  case less = "lt"
  case lessOrEqual = "le"
  case greater = "gt"
  case greaterOrEqual = "ge"

  func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

/// A field of a row that queries or sorting may name.
enum RowField: String, CaseIterable, Sendable {
  case currentStepDisplayName = "CurrentStepDisplayName"
  case definitionID = "DefinitionId"
  case id = "Id"
  case initiatingUserName = "InitiatingUserName"
  case lastModified = "LastModified"
  case referenceID = "ReferenceId"
  case startDate = "StartDate"
  case status = "Status"
  case title = "Title"
  case workflowType = "WorkflowType"

  /// What values of the field are.
  enum Kind {
    case text
    case integer
    case date
  }

  /// A field by its name in any case; `nil` when no such field is documented.
  init?(sortName name: String) {
    let folded = FoldedText(name)
    guard let field = Self.allCases.first(where: { FoldedText($0.rawValue) == folded })
    else { return nil }
    self = field
  }

  /// A field by its name in any case, for queries: the default sort field is not among them.
  init?(queryName name: String) {
    guard let field = Self(sortName: name), field != .currentStepDisplayName else { return nil }
    self = field
  }

  var kind: Kind {
    switch self {
    case .referenceID: .integer
    case .lastModified, .startDate: .date
    case .currentStepDisplayName, .definitionID, .id, .initiatingUserName, .status, .title,
      .workflowType:
      .text
    }
  }

  /// The value in a row, of an integer or a date.
  func number(at place: Int, of rows: [SandboxRow]) -> Int64? {
    switch self {
    case .referenceID: rows[place].referenceID
    case .startDate: rows[place].start
    case .lastModified: rows[place].lastModified
    default: nil
    }
  }

  /// The value in a row, of a text.
  func text(at place: Int, of rows: [SandboxRow]) -> String? {
    switch self {
    case .currentStepDisplayName: rows[place].step.name
    case .definitionID: rows[place].definition.id
    case .id: rows[place].id
    case .initiatingUserName: rows[place].userName
    case .status: rows[place].status.rawValue
    case .title: rows[place].title
    case .workflowType: rows[place].definition.workflowType
    default: nil
    }
  }

  /// Whether a row has no value.
  func isMissing(at place: Int, of rows: [SandboxRow]) -> Bool {
    kind == .text
      ? text(at: place, of: rows) == nil : number(at: place, of: rows) == nil
  }
}
