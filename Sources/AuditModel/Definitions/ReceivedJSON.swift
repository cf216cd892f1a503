/// A JSON value as somebody else wrote it: numbers keep their digits, texts their bytes.
///
/// Members are sorted by name, so that two objects are equal whatever the order of their members.
public indirect enum ReceivedJSON: Sendable, Equatable {
  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// Its name as received.
    public var name: Name
    /// Its value.
    public var value: ReceivedJSON

    /// Makes a member.
    public init(name: Name, value: ReceivedJSON) {
      (self.name, self.value) = (name, value)
    }
  }

  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number, by its digits.
  case number(Name)
  /// A text, its escapes undone.
  case text(Name)
  /// Values in their order.
  case array([ReceivedJSON])
  /// Members by name.
  case object([Member])

  /// Reads a value with the strict reader: RFC 8259, no key twice, at most 64 levels.
  ///
  /// - Throws: where reading stopped, in a sentence that contains nothing of the text.
  public init(reading bytes: [UInt8]) throws(ReceivedJSONError) {
    var reader = ReceivedJSONReader()
    do {
      self = try reader.document(bytes.span)
    } catch {
      throw ReceivedJSONError(byte: error.byte)
    }
  }

  /// The member that a name spells in any ASCII case; `nil` where there is none, and in what is not an object.
  ///
  /// - Throws: when the object spells the name twice, so that readers could disagree.
  func member(_ name: StaticString) throws(DefinitionError) -> ReceivedJSON? {
    guard case .object(let members) = self else { return nil }
    let wanted = Array(name.description.lowercased().utf8)
    let found = members.filter { $0.name.bytes.lowercasedASCII == wanted }
    guard found.count < 2 else { throw DefinitionError("its member \(name) is there twice") }
    return found.first?.value
  }
}

/// That bytes are not JSON, and where they stop being so; their text is not part of it.
public struct ReceivedJSONError: Error, Equatable {
  /// The byte at which reading stopped, from 0.
  public var byte: Int
}

extension ReceivedJSON: Encodable {
  /// Writes the value, a number by its own digits.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .boolean(let flag): try flag.encode(to: encoder)
    case .number(let digits):
      var container = encoder.singleValueContainer()
      try container.encode(WrittenNumber(digits: digits.bytes))
    case .text(let text): try text.string.encode(to: encoder)
    case .array(let values): try encoder.encode(elements: values)
    case .object(let members):
      var container = encoder.container(keyedBy: AnyKey.self)
      for member in members {
        try container.encode(member.value, forKey: AnyKey(member.name.string))
      }
    }
  }
}

extension ReceivedJSON {
  /// The value as JSON on one line.
  public var line: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func append(to text: inout [UInt8]) {
    switch self {
    case .null: text += "null".utf8
    case .boolean(let flag): text += "\(flag)".utf8
    case .number(let digits): text += digits.bytes
    case .text(let string): JSONWriting.write(string.bytes, to: &text)
    case .array(let values):
      text.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", ".utf8 }
        value.append(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", ".utf8 }
        JSONWriting.write(member.name.bytes, to: &text)
        text += ": ".utf8
        member.value.append(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }
}

/// Builds a value out of tokens; of what is wrong only the place is told.
private struct ReceivedJSONReader {
  private var scanner = JSONScanner()

  mutating func document(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> ReceivedJSON {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      scanner.position = 3
    }
    let value = try value(bytes, depth: 0)
    guard scanner.peek(bytes) == nil else { throw scanner.fault("") }
    return value
  }

  private mutating func value(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> ReceivedJSON {
    switch scanner.peek(bytes) ?? 0 {
    case UInt8(ascii: "\""): return .text(Name(bytes: try text(bytes)))
    case UInt8(ascii: "{"): return try object(bytes, depth: depth + 1)
    case UInt8(ascii: "["): return try array(bytes, depth: depth + 1)
    case UInt8(ascii: "t"):
      try scanner.literal("true", bytes)
      return .boolean(true)
    case UInt8(ascii: "f"):
      try scanner.literal("false", bytes)
      return .boolean(false)
    case UInt8(ascii: "n"):
      try scanner.literal("null", bytes)
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let range = try scanner.number(bytes)
      return .number(Name(bytes: [UInt8](copying: bytes.extracting(range))))
    default: throw scanner.fault("")
    }
  }

  private mutating func text(_ bytes: borrowing Span<UInt8>) throws(JSONError) -> [UInt8] {
    let text = try scanner.string(bytes)
    return JSONText.decode(text, bytes).bytes
  }

  private mutating func array(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> ReceivedJSON {
    try scanner.checkDepth(depth)
    try scanner.expect(UInt8(ascii: "["), bytes)
    var values: [ReceivedJSON] = []
    if scanner.take(UInt8(ascii: "]"), bytes) { return .array(values) }
    repeat {
      values.append(try value(bytes, depth: depth))
    } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "]"), bytes)
    return .array(values)
  }

  private mutating func object(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> ReceivedJSON {
    try scanner.checkDepth(depth)
    try scanner.expect(UInt8(ascii: "{"), bytes)
    var members: [ReceivedJSON.Member] = []
    if scanner.take(UInt8(ascii: "}"), bytes) { return .object(members) }
    repeat {
      let key = try scanner.key(bytes)
      let name = Name(bytes: JSONText.decode(key, bytes).bytes)
      members.append(.init(name: name, value: try value(bytes, depth: depth)))
    } while try scanner.consumeSeparator(orEnd: UInt8(ascii: "}"), bytes)
    members.sort { $0.name < $1.name }
    let isTwice = zip(members, members.dropFirst()).contains { $0.name == $1.name }
    guard !isTwice else { throw scanner.fault("") }
    return .object(members)
  }
}
