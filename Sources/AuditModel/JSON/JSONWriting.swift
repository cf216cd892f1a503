/// A value of a document while it is written as JSON: indented, keys sorted, as Foundation's encoder writes it.
///
/// That encoder first makes a tree of the document, which takes several times the memory of its text; the text of a report
/// over a hundred thousand groups is hundreds of megabytes. Here a value is text as soon as it is complete.
final class JSONWriting: Encoder {
  /// An infinite number or NaN, which JSON does not have.
  struct NotANumber: Error {
    var value: Double
  }

  private enum Kind {
    case value
    case array
    case object
  }

  /// An element or a member: text, or a container to which something may still be added.
  private struct Part {
    var key: [UInt8]
    var text: Range<Int>
    var container: JSONWriting?
  }

  fileprivate static let null = Array("null".utf8)
  private static let colon = Array(" : ".utf8)

  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  private let depth: Int
  private var kind = Kind.value
  /// The texts of the parts, one after the other.
  private var texts: [UInt8] = []
  private var parts: [Part] = []

  private init(depth: Int) {
    self.depth = depth
  }

  /// The text of a document.
  static func text(_ document: some Encodable) throws -> [UInt8] {
    let writing = JSONWriting(depth: 0)
    try document.encode(to: writing)
    var text: [UInt8] = []
    writing.write(to: &text)
    return text
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    kind = .object
    return KeyedEncodingContainer(Members<Key>(object: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    kind = .array
    return Elements(array: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(value: self)
  }

  /// Adds a value that is written like this.
  fileprivate func add(key: String = "", written text: [UInt8]) {
    let start = texts.count
    texts += text
    parts.append(Part(key: Array(key.utf8), text: start..<texts.count))
  }

  /// Adds any value.
  fileprivate func add(key: String = "", _ value: some Encodable) throws {
    let start = texts.count
    switch value {
    case let text as String: Self.write(Array(text.utf8), to: &texts)
    case let number as Int: texts.append(integer: Int64(number))
    case let number as Int64: texts.append(integer: number)
    case let number as Double: try Self.write(number, to: &texts)
    case let flag as Bool: texts += "\(flag)".utf8
    case let number as WrittenNumber: texts += number.digits
    default:
      let child = JSONWriting(depth: depth + (kind == .value ? 0 : 1))
      try value.encode(to: child)
      child.write(to: &texts)
    }
    parts.append(Part(key: Array(key.utf8), text: start..<texts.count))
  }

  /// Adds a container to which more will be added.
  fileprivate func nested(_ key: String = "") -> JSONWriting {
    let child = JSONWriting(depth: depth + 1)
    parts.append(Part(key: Array(key.utf8), text: 0..<0, container: child))
    return child
  }

  fileprivate var count: Int { parts.count }

  /// Writes the value, and forgets it.
  private func write(to text: inout [UInt8]) {
    switch kind {
    case .value: write(parts, to: &text)
    case .array: write(parts, between: "[", "]", to: &text)
    case .object:
      sortParts()
      write(parts, between: "{", "}", to: &text)
    }
    texts = []
    parts = []
  }

  /// Sorts the parts by their keys; of two with one key the later counts, as in a dictionary.
  private func sortParts() {
    let order = parts.enumerated().sorted { left, right in
      left.element.key == right.element.key
        ? left.offset > right.offset
        : left.element.key.lexicographicallyPrecedes(right.element.key)
    }
    parts = []
    for (_, part) in order where part.key != parts.last?.key { parts.append(part) }
  }

  private func write(
    _ parts: [Part], between open: Unicode.Scalar, _ close: Unicode.Scalar, to text: inout [UInt8]
  ) {
    text += [UInt8(ascii: open), UInt8(ascii: "\n")]
    write(parts, to: &text)
    text.append(UInt8(ascii: "\n"))
    text += Self.blanks(depth)
    text.append(UInt8(ascii: close))
  }

  private func write(_ parts: [Part], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + texts.count + parts.count * 2 * (depth + 2))
    let blanks = kind == .value ? [] : Self.blanks(depth + 1)
    let separator = Array(",\n".utf8) + blanks
    for index in parts.indices {
      text += index > 0 ? separator : blanks
      if kind == .object {
        Self.write(parts[index].key, to: &text)
        text += Self.colon
      }
      if let container = parts[index].container {
        container.write(to: &text)
      } else {
        text += texts[parts[index].text]
      }
    }
  }

  private static func blanks(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
  }

  /// Writes a string, whose bytes are mostly written as they are.
  static func write(_ string: [UInt8], to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    if string.contains(where: { escape(of: $0) != nil }) {
      for byte in string { text += escape(of: byte) ?? [byte] }
    } else {
      text += string
    }
    text.append(UInt8(ascii: "\""))
  }

  /// How a byte is escaped in a string; `nil` for those that are written as they are.
  private static func escape(of byte: UInt8) -> [UInt8]? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
    case 0x20...: nil
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0A: Array("\\n".utf8)
    case 0x0C: Array("\\f".utf8)
    case 0x0D: Array("\\r".utf8)
    default: Array("\\u00".utf8) + Hexadecimal.digits(of: [byte])
    }
  }

  private static func write(_ number: Double, to text: inout [UInt8]) throws {
    guard number.isFinite else { throw NotANumber(value: number) }
    text += number.description.utf8
    let end = text.count - 2
    if text[end] == UInt8(ascii: "."), text[end + 1] == UInt8(ascii: "0") { text.removeLast(2) }
  }
}

/// The members of an object.
private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: JSONWriting
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) {
    object.add(key: key.stringValue, written: JSONWriting.null)
  }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    try object.add(key: key.stringValue, value)
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    object.nested(key.stringValue).container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    object.nested(key.stringValue).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { object.nested("super") }

  mutating func superEncoder(forKey key: Key) -> any Encoder { object.nested(key.stringValue) }
}

/// The elements of an array.
private struct Elements: UnkeyedEncodingContainer {
  let array: JSONWriting
  var codingPath: [any CodingKey] { [] }
  var count: Int { array.count }

  mutating func encodeNil() {
    array.add(written: JSONWriting.null)
  }

  mutating func encode(_ value: some Encodable) throws {
    try array.add(value)
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    array.nested().container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    array.nested().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { array.nested() }
}

/// A value without a container.
private struct Single: SingleValueEncodingContainer {
  let value: JSONWriting
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() {
    value.add(written: JSONWriting.null)
  }

  /// What has no container of its own ends here.
  mutating func encode(_ value: some Encodable) throws {
    switch value {
    case let number as any BinaryInteger: self.value.add(written: Array("\(number)".utf8))
    case let number as Float: try self.value.add(Double("\(number)") ?? Double(number))
    default: try self.value.add(value)
    }
  }
}
