import AuditModel

/// The part of the server's query language that the model server understands: comparisons, AND, OR, parentheses.
indirect enum ModelFilter {
  enum Comparison: String {
    case less = "-lt"
    case atMost = "-le"
    case equal = "-eq"
    case unequal = "-ne"
    case atLeast = "-ge"
    case greater = "-gt"

    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
      switch self {
      case .less: left < right
      case .atMost: left <= right
      case .equal: left == right
      case .unequal: left != right
      case .atLeast: left >= right
      case .greater: left > right
      }
    }
  }

  enum Fault: Error {
    case syntax(String)
    case date(String)
  }

  case all
  case referenceID(Comparison, Int64)
  case start(Comparison, Int64)
  case status(Comparison, String)
  case id(Comparison, String)
  case and(ModelFilter, ModelFilter)
  case or(ModelFilter, ModelFilter)

  init(_ text: String) throws {
    var words = Self.words(text)[...]
    self = words.isEmpty ? .all : try Self.alternatives(&words)
    if let word = words.first { throw Fault.syntax(word) }
  }

  func holds(for row: ModelRow) -> Bool {
    switch self {
    case .all: true
    case .referenceID(let comparison, let value): comparison.holds(row.referenceID, value)
    case .start(let comparison, let value): comparison.holds(row.start, value)
    case .status(let comparison, let value): comparison.holds(row.status, value)
    case .id(let comparison, let value): comparison.holds(row.id, value)
    case .and(let left, let right): left.holds(for: row) && right.holds(for: row)
    case .or(let left, let right): left.holds(for: row) || right.holds(for: row)
    }
  }

  /// The reference ids that can satisfy the filter lie above the first and up to the second.
  var bounds: (above: Int64, through: Int64) {
    switch self {
    case .referenceID(.greater, let value): (value, .max)
    case .referenceID(.atLeast, let value): (value - 1, .max)
    case .referenceID(.less, let value): (.min, value - 1)
    case .referenceID(.atMost, let value): (.min, value)
    case .referenceID(.equal, let value): (value - 1, value)
    case .and(let left, let right):
      (
        max(left.bounds.above, right.bounds.above),
        min(left.bounds.through, right.bounds.through)
      )
    default: (.min, .max)
    }
  }

  /// Whether every row that started in a range, and within the bounds, satisfies the filter.
  func coversEverything(startingIn range: ClosedRange<Int64>) -> Bool {
    switch self {
    case .all: true
    case .start(let comparison, let value):
      comparison.holds(range.lowerBound, value) && comparison.holds(range.upperBound, value)
    case .referenceID(.equal, _), .referenceID(.unequal, _): false
    case .referenceID: true
    case .and(let left, let right):
      left.coversEverything(startingIn: range) && right.coversEverything(startingIn: range)
    default: false
    }
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "(" where !isQuoted, ")" where !isQuoted:
        end()
        words.append(String(character))
      case " " where !isQuoted: end()
      default: word.append(character)
      }
    }
    end()
    return words
  }

  private static func alternatives(_ words: inout ArraySlice<String>) throws -> ModelFilter {
    var filter = try conjunction(&words)
    while words.first?.uppercased() == "OR" {
      words.removeFirst()
      filter = .or(filter, try conjunction(&words))
    }
    return filter
  }

  private static func conjunction(_ words: inout ArraySlice<String>) throws -> ModelFilter {
    var filter = try term(&words)
    while words.first?.uppercased() == "AND" {
      words.removeFirst()
      filter = .and(filter, try term(&words))
    }
    return filter
  }

  private static func term(_ words: inout ArraySlice<String>) throws -> ModelFilter {
    guard let field = words.popFirst() else { throw Fault.syntax("end") }
    if field == "(" {
      let inner = try alternatives(&words)
      guard words.popFirst() == ")" else { throw Fault.syntax("missing )") }
      return inner
    }
    guard let comparison = words.popFirst().flatMap(Comparison.init), let value = words.popFirst()
    else { throw Fault.syntax(field) }
    switch field.lowercased() {
    case "referenceid":
      guard let number = Int64(value) else { throw Fault.syntax(value) }
      return .referenceID(comparison, number)
    case "startdate":
      guard let instant = Instant(rfc3339: value) else { throw Fault.date(value) }
      return .start(comparison, instant.milliseconds)
    case "status": return .status(comparison, value)
    case "id": return .id(comparison, value)
    default: throw Fault.syntax(field)
    }
  }
}
