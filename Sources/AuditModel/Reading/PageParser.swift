/// The state of reading one page.
struct PageParser {
  private(set) var rows: [RawRow] = []
  private(set) var definitions = RawDefinitions()
  private(set) var decoded: [UInt8] = []
  private(set) var unknownFields: [Name: Int] = [:]
  private(set) var hasByteOrderMark = false
  /// The row and the field being read, for errors.
  private(set) var row: Int?
  private var rowKey: RowKey?
  private var definitionKey: DefinitionKey?

  /// The row being read.
  private var parsed = RawRow()
  private var scanner = JSONScanner()
  private let pageCount: Int
  private let rowKeys = CaseInsensitiveKeys<RowKey>()
  private let requiredKeys = RowKey.allCases.enumerated().filter { $0.element.isRequired }
  private let definitionKeys = CaseInsensitiveKeys<DefinitionKey>()

  init(pageCount: Int) {
    self.pageCount = pageCount
    decoded.reserveCapacity(pageCount / 4)
  }

  var field: String? {
    guard let rowKey else { return nil }
    return definitionKey.map { "\(rowKey.rawValue).\($0.rawValue)" } ?? rowKey.rawValue
  }

  mutating func parse(_ bytes: borrowing Span<UInt8>) throws(JSONError) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      hasByteOrderMark = true
      scanner.position = 3
    }
    guard scanner.take(UInt8(ascii: "["), bytes) else {
      throw scanner.fault("expected a JSON array of instances, found \(foundValue(bytes))")
    }
    if !scanner.take(UInt8(ascii: "]"), bytes) {
      repeat {
        try parseRow(bytes)
      } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "]"), bytes)
    }
    guard scanner.peek(bytes) == nil else {
      throw scanner.fault("the page goes on after the end of its JSON with \(scanner.found(bytes))")
    }
  }

  private func foundValue(_ bytes: borrowing Span<UInt8>) -> String {
    guard scanner.position < bytes.count else { return "an empty page" }
    switch bytes[scanner.position] {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "\""): return "a string"
    case UInt8(ascii: "<"): return "`<`, probably an HTML page"
    case UInt8(ascii: "n"): return "`n`, probably null"
    default: return scanner.found(bytes)
    }
  }

  private mutating func parseRow(_ bytes: borrowing Span<UInt8>) throws(JSONError) {
    row = rows.count + 1
    guard scanner.peek(bytes) == UInt8(ascii: "{") else {
      throw scanner.fault("expected an instance, a JSON object, found \(scanner.found(bytes))")
    }
    let start = scanner.position
    scanner.position += 1
    parsed = RawRow()
    var seen = SeenKeys()
    var goesOn = !scanner.take(UInt8(ascii: "}"), bytes)
    while goesOn {
      try parseField(bytes, &seen)
      (rowKey, definitionKey) = (nil, nil)
      goesOn = try scanner.consumeSeparator(orEnd: UInt8(ascii: "}"), bytes)
    }
    parsed.range = start..<scanner.position
    for (index, key) in requiredKeys where !seen.holds(index) {
      throw JSONError(
        kind: .brokenRow, message: "the field \(key.rawValue) is missing", byte: start)
    }
    // The rows of a page are about as long as its first, give or take a quarter.
    if rows.isEmpty { rows.reserveCapacity(pageCount / parsed.range.count * 5 / 4 + 1) }
    rows.append(parsed)
    row = nil
  }

  @inline(__always)
  private mutating func parseField(
    _ bytes: borrowing Span<UInt8>, _ seen: inout SeenKeys
  ) throws(JSONError) {
    let (index, key) = try key(bytes, in: rowKeys, expecting: seen.next)
    guard let index else { return try skipUnknown(key, bytes, &seen, depth: 2) }
    let known = rowKeys[index]
    rowKey = known
    guard seen.insert(index) else { throw twice(known.rawValue, key) }
    switch known {
    case .id: parsed.id = try identifier(bytes)
    case .referenceID: parsed.referenceID = try referenceID(bytes)
    case .status: parsed.status = try status(bytes)
    case .definition: parsed.definition = try definition(bytes)
    case .currentStepID: parsed.stepID = try text(bytes)
    case .statusMessage: parsed.statusMessage = try text(bytes)
    case .currentStepDisplayName: parsed.stepName = try text(bytes)
    case .currentStepUniqueName: parsed.stepUniqueName = try text(bytes)
    case .title: parsed.title = try text(bytes)
    case .lastModified: parsed.lastModified = try text(bytes)
    case .startDate: parsed.start = try text(bytes)
    }
  }

  /// The index of a row's definition.
  private mutating func definition(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Int {
    if scanner.peek(bytes) == UInt8(ascii: "n") {
      try scanner.literal("null", bytes)
      return 0
    }
    guard scanner.peek(bytes) == UInt8(ascii: "{") else {
      throw broken("expected an object or null, found \(scanner.found(bytes))")
    }
    guard let known = definitions.known(at: scanner.position, bytes) else {
      return try newDefinition(bytes)
    }
    scanner.position += definitions.all[known].range.count
    return known
  }

  private mutating func newDefinition(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Int {
    let start = scanner.position
    scanner.position += 1
    if scanner.take(UInt8(ascii: "}"), bytes) { return 0 }
    var definition = RawDefinition()
    var seen = SeenKeys()
    repeat {
      let (index, key) = try key(bytes, in: definitionKeys, expecting: seen.next)
      guard let index else {
        try skipUnknown(key, bytes, &seen, depth: 3, within: "Definition.")
        continue
      }
      let known = definitionKeys[index]
      definitionKey = known
      guard seen.insert(index) else { throw twice(known.rawValue, key) }
      switch known {
      case .id: definition.id = try text(bytes)
      case .displayName: definition.name = try text(bytes)
      case .version: definition.version = try version(bytes)
      case .workflowType: definition.workflowType = try text(bytes)
      }
    } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "}"), bytes)
    definition.range = start..<scanner.position
    // What is counted for each row is counted when the object is read.
    let mayBeFound = !seen.hasUnknown && !parsed.hasLoneSurrogate
    return definitions.enter(definition, mayBeFound: mayBeFound, bytes)
  }
}

// MARK: - Keys

extension PageParser {
  /// Consumes a key and its colon, trying first the one that usually comes next.
  ///
  /// - Returns: Its index, `nil` when the table lacks it, and where it lies.
  @inline(__always)
  private mutating func key<Key>(
    _ bytes: borrowing Span<UInt8>, in table: CaseInsensitiveKeys<Key>, expecting expected: Int
  ) throws(JSONError) -> (index: Int?, text: JSONText) {
    let start = scanner.position + 1
    if expected < table.count, scanner.take(key: table.written(expected), bytes) {
      return (expected, JSONText(range: start..<scanner.position - 2, isEscaped: false))
    }
    return try otherKey(bytes, in: table, expecting: expected)
  }

  @inline(never)
  private mutating func otherKey<Key>(
    _ bytes: borrowing Span<UInt8>, in table: CaseInsensitiveKeys<Key>, expecting expected: Int
  ) throws(JSONError) -> (index: Int?, text: JSONText) {
    let text = try scanner.key(bytes)
    guard text.isEscaped else {
      return (table.index(spelled: bytes.extracting(text.range), expecting: expected), text)
    }
    let decoded = JSONText.decode(text, bytes).bytes
    return (table.index(spelled: decoded.span, expecting: expected), text)
  }

  /// Counts an unknown key and skips its value.
  @inline(never)
  private mutating func skipUnknown(
    _ key: JSONText, _ bytes: borrowing Span<UInt8>, _ seen: inout SeenKeys, depth: Int,
    within parent: String = ""
  ) throws(JSONError) {
    let name = JSONText.decode(key, bytes).bytes
    guard seen.insert(unknown: name) else {
      throw JSONError(
        kind: .brokenRow, message: JSONError.twice(name), byte: key.range.lowerBound)
    }
    parsed.hasUnknownField = true
    unknownFields[Name(bytes: Array(parent.utf8) + name), default: 0] += 1
    try scanner.skipValue(bytes, depth: depth)
  }

  @inline(never)
  private func twice(_ key: String, _ text: JSONText) -> JSONError {
    JSONError(
      kind: .brokenRow, message: "the key \(key) occurs twice", byte: text.range.lowerBound - 1)
  }
}

// MARK: - Values

extension PageParser {
  private func broken(_ message: String) -> JSONError {
    JSONError(kind: .brokenRow, message: message, byte: scanner.position)
  }

  private mutating func text(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> TextSlice? {
    switch scanner.peek(bytes) ?? 0 {
    case UInt8(ascii: "\""): return try slice(bytes)
    case UInt8(ascii: "n"):
      try scanner.literal("null", bytes)
      return nil
    default: throw try unexpected(bytes, "a string or null")
    }
  }

  @inline(__always)
  private mutating func slice(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> TextSlice {
    let text = try scanner.string(bytes)
    guard text.isEscaped else {
      return TextSlice(start: text.range.lowerBound, count: text.range.count)
    }
    return decode(text, bytes)
  }

  @inline(never)
  private mutating func decode(_ text: JSONText, _ bytes: borrowing Span<UInt8>) -> TextSlice {
    let start = decoded.count
    if text.decode(bytes, into: &decoded) { parsed.hasLoneSurrogate = true }
    return TextSlice(start: pageCount + start, count: decoded.count - start)
  }

  /// A value of another type: its own syntax error if it has one, otherwise that it does not belong here.
  private mutating func unexpected(
    _ bytes: borrowing Span<UInt8>, _ wanted: String
  ) throws(JSONError) -> JSONError {
    let start = scanner.position
    let found = scanner.found(bytes)
    try scanner.skipValue(bytes, depth: 3)
    return JSONError(kind: .brokenRow, message: "expected \(wanted), found \(found)", byte: start)
  }

  private mutating func identifier(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> InstanceID {
    guard scanner.peek(bytes) == UInt8(ascii: "\"") else { throw try unexpected(bytes, "a GUID") }
    let start = scanner.position
    let end = start + 1 + InstanceID.length
    if end < bytes.count, bytes[end] == UInt8(ascii: "\""),
      let id = InstanceID(bytes.extracting(start + 1..<end))
    {
      scanner.position = end + 1
      return id
    }
    let text = try scanner.string(bytes)
    guard let id = Self.identifier(text, bytes) else {
      throw JSONError(kind: .brokenRow, message: "expected a GUID", byte: start)
    }
    return id
  }

  private static func identifier(
    _ text: JSONText, _ bytes: borrowing Span<UInt8>
  ) -> InstanceID? {
    guard text.isEscaped else { return InstanceID(bytes.extracting(text.range)) }
    let decoded = JSONText.decode(text, bytes).bytes
    return InstanceID(decoded.span)
  }

  private mutating func referenceID(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Int64 {
    let first = scanner.peek(bytes) ?? 0
    let start = scanner.position
    let value: Int64?
    switch first {
    case UInt8(ascii: "\""):
      let text = try scanner.string(bytes)
      value = ExactInteger.value(ofDigits: bytes.extracting(text.range))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      value = ExactInteger.value(of: bytes.extracting(try scanner.number(bytes)))
    default: throw try unexpected(bytes, "an integer")
    }
    guard let value, value > 0 else {
      let shown = [UInt8](copying: bytes.extracting(start..<min(scanner.position, start + 40)))
      throw JSONError(
        kind: .brokenRow,
        message: "\(String(decoding: shown, as: UTF8.self)) is not a positive 64-bit integer",
        byte: start)
    }
    return value
  }

  private mutating func status(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> RawRow.Status {
    switch scanner.peek(bytes) ?? 0 {
    case UInt8(ascii: "\""): return .name(try slice(bytes))
    case UInt8(ascii: "n"):
      try scanner.literal("null", bytes)
      return .none
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let start = scanner.position
      guard let value = ExactInteger.value(of: bytes.extracting(try scanner.number(bytes))) else {
        throw JSONError(kind: .brokenRow, message: "a status that is not an integer", byte: start)
      }
      return .integer(value)
    default: throw try unexpected(bytes, "a name or an integer")
    }
  }

  /// A definition's version: some servers write the integer as a string; anything else counts as missing.
  private mutating func version(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> Int64? {
    switch scanner.peek(bytes) ?? 0 {
    case UInt8(ascii: "\""):
      let text = try scanner.string(bytes)
      return ExactInteger.value(ofDigits: bytes.extracting(text.range))
    case UInt8(ascii: "n"):
      try scanner.literal("null", bytes)
      return nil
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return ExactInteger.value(of: bytes.extracting(try scanner.number(bytes)))
    default: throw try unexpected(bytes, "an integer")
    }
  }
}

/// The keys an object has had so far.
private struct SeenKeys {
  private var known: UInt32 = 0
  private var unknown: Set<[UInt8]> = []
  /// The index of the key that usually comes next.
  private(set) var next = 0

  var hasUnknown: Bool { !unknown.isEmpty }

  func holds(_ index: Int) -> Bool { known & Self.bit(index) != 0 }

  /// Whether the known key with this index is new; it is remembered.
  mutating func insert(_ index: Int) -> Bool {
    defer {
      known |= Self.bit(index)
      next = index + 1
    }
    return !holds(index)
  }

  /// Whether an unknown key is new; it is remembered.
  mutating func insert(unknown name: [UInt8]) -> Bool {
    unknown.insert(name).inserted
  }

  private static func bit(_ index: Int) -> UInt32 { 1 &<< UInt32(truncatingIfNeeded: index) }
}
