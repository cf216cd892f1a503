/// A value of a document while it is written as JSON: indented, keys sorted, as Foundation's encoder writes it.
///
/// That encoder first makes a tree of the document, which takes several times the memory of its text; the text of a report
/// over a hundred thousand groups is hundreds of megabytes. Here a value is text as soon as it is complete.
final class JSONWriting: Encoder {
  /// A number that is no number, which JSON does not have.
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
    var key = ""
    var text: Range<Int>
    var container: JSONWriting?
  }

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

  /// Adds what a closure writes.
  fileprivate func add(key: String = "", _ write: (inout [UInt8]) throws -> Void) rethrows {
    let start = texts.count
    try write(&texts)
    parts.append(Part(key: key, text: start..<texts.count))
  }

  /// Adds any value.
  fileprivate func add(key: String = "", _ value: some Encodable) throws {
    switch value {
    case let text as String: add(key: key) { Self.write(text, to: &$0) }
    case let number as Int: add(key: key) { $0 += String(number).utf8 }
    case let number as Int64: add(key: key) { $0 += String(number).utf8 }
    case let number as Double: try add(key: key) { try Self.write(number, to: &$0) }
    default:
      let child = JSONWriting(depth: depth + (kind == .value ? 0 : 1))
      try value.encode(to: child)
      add(key: key) { child.write(to: &$0) }
    }
  }

  /// Adds a container to which more will be added.
  fileprivate func nested(_ key: String = "") -> JSONWriting {
    let child = JSONWriting(depth: depth + 1)
    parts.append(Part(key: key, text: 0..<0, container: child))
    return child
  }

  fileprivate var count: Int { parts.count }

  /// Writes the value, and forgets it.
  private func write(to text: inout [UInt8]) {
    switch kind {
    case .value: write(parts, to: &text)
    case .array: write("[", parts, "]", to: &text)
    case .object:
      write("{", members, "}", to: &text)
    }
    texts = []
    parts = []
  }

  /// The parts by their keys; of two with one key the later counts, as in a dictionary.
  private var members: [Part] {
    let order = parts.indices.sorted { left, right in
      let (key, other) = (parts[left].key.utf8, parts[right].key.utf8)
      return key.elementsEqual(other) ? left > right : key.lexicographicallyPrecedes(other)
    }
    return zip(order, [nil] + order).filter { index, before in
      before.map { !parts[index].key.utf8.elementsEqual(parts[$0].key.utf8) } ?? true
    }.map { parts[$0.0] }
  }

  private func write(
    _ open: StaticString, _ parts: [Part], _ close: StaticString, to text: inout [UInt8]
  ) {
    text += open.description.utf8
    text.append(UInt8(ascii: "\n"))
    write(parts, to: &text)
    text.append(UInt8(ascii: "\n"))
    text += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    text += close.description.utf8
  }

  private func write(_ parts: [Part], to text: inout [UInt8]) {
    for (index, part) in parts.enumerated() {
      if index > 0 { text += ",\n".utf8 }
      if kind != .value { text += repeatElement(UInt8(ascii: " "), count: 2 * (depth + 1)) }
      if kind == .object {
        Self.write(part.key, to: &text)
        text += " : ".utf8
      }
      if let container = part.container {
        container.write(to: &text)
      } else {
        text += texts[part.text]
      }
    }
  }

  private static func write(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0x08: text += "\\b".utf8
      case 0x09: text += "\\t".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0C: text += "\\f".utf8
      case 0x0D: text += "\\r".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        text += (digits.utf8.count == 1 ? "\\u000" : "\\u00").utf8
        text += digits.utf8
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func write(_ number: Double, to text: inout [UInt8]) throws {
    guard number.isFinite else { throw NotANumber(value: number) }
    let digits = String(describing: number).utf8
    text += digits.suffix(2).elementsEqual(".0".utf8) ? digits.dropLast(2) : digits[...]
  }
}

/// The members of an object.
private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: JSONWriting
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) {
    object.add(key: key.stringValue) { $0 += "null".utf8 }
  }

  mutating func encode(_ value: Bool, forKey key: Key) {
    object.add(key: key.stringValue) { $0 += "\(value)".utf8 }
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
    array.add { $0 += "null".utf8 }
  }

  mutating func encode(_ value: Bool) {
    array.add { $0 += "\(value)".utf8 }
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

/// A value that is no container.
private struct Single: SingleValueEncodingContainer {
  let value: JSONWriting
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() {
    value.add { $0 += "null".utf8 }
  }

  mutating func encode(_ value: Bool) {
    self.value.add { $0 += "\(value)".utf8 }
  }

  /// What has no container of its own ends here.
  mutating func encode(_ value: some Encodable) throws {
    switch value {
    case is String, is Int, is Double: try self.value.add(value)
    case let number as any BinaryInteger: self.value.add { $0 += "\(number)".utf8 }
    case let number as Float: try self.value.add(Double("\(number)") ?? Double(number))
    default: try self.value.add(value)
    }
  }
}
