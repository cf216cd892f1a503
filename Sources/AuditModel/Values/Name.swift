/// A text that recurs (a user, a definition, a step), kept once and compared by its bytes.
///
/// Swift's `String` compares by canonical equivalence, so that two users whose names differ only in how an
/// accent is encoded would be one. Names are compared by code points, which for UTF-8 is the order of the bytes.
public final class Name: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text in UTF-8.
  public let bytes: [UInt8]
  /// Whether it begins with an ASCII letter or digit and holds nothing but these, spaces, full stops, hyphens and
  /// underscores, so that every format writes it as it is.
  public let isSimple: Bool
  let digest: Int

  /// Keeps a text whose digest is already known.
  init(bytes: [UInt8], digest: Int) {
    self.bytes = bytes
    self.digest = digest
    isSimple = bytes.first?.isASCIIAlphanumeric ?? true && bytes.allSatisfy(Self.isSimple)
  }

  /// Keeps a text given as UTF-8.
  public convenience init(bytes: [UInt8]) {
    self.init(bytes: bytes, digest: Name.digest(of: bytes.span))
  }

  /// Keeps a text.
  public convenience init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The text as a string; bytes that are not UTF-8 become U+FFFD.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The text, as ``string``.
  public var description: String { string }

  /// Compares bytes: Unicode's canonical equivalence does not make two names one.
  public static func == (left: Name, right: Name) -> Bool {
    left === right || (left.digest == right.digest && left.bytes == right.bytes)
  }

  /// Orders by bytes, which is the order of code points.
  public static func < (left: Name, right: Name) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Feeds the digest that was computed once; it is never seen in output.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(digest)
  }

  private static func isSimple(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || " .-_".utf8.contains(byte)
  }

  /// A product over words of eight bytes: cheap, and good enough to spread names over a table.
  static func digest(of bytes: borrowing Span<UInt8>) -> Int {
    var digest = UInt64(truncatingIfNeeded: bytes.count)
    var position = 0
    while position <= bytes.count - 8 {
      digest = mixed(digest ^ bytes.word(at: position).bits)
      position += 8
    }
    var rest: UInt64 = 0
    while position < bytes.count {
      rest = rest << 8 | UInt64(bytes[position])
      position += 1
    }
    return Int(truncatingIfNeeded: mixed(digest ^ rest))
  }

  /// The golden ratio's bits, which Fibonacci hashing multiplies by.
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

extension Name: Encodable {
  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    try string.encode(to: encoder)
  }
}

/// Numbers names from 0, in the order in which they are met.
///
/// For what is asked once a row: a dictionary would digest each name again.
public struct NameIndex: Sendable {
  /// The names, by their numbers.
  public private(set) var names: [Name] = []
  /// The numbers by the digests of their names; -1 where there is none.
  private var slots = [Int32](repeating: -1, count: 64)

  /// Starts without names.
  public init() {}

  /// The number of a name; `nil` when it was not met.
  public func known(_ name: Name) -> Int? {
    let index = slots[slot(of: name)]
    return index < 0 ? nil : Int(index)
  }

  /// The number of the name that has these bytes; `nil` when it was not met.
  public func known(_ bytes: borrowing Span<UInt8>) -> Int? {
    var slot = Name.digest(of: bytes) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if names[index].hasBytes(bytes) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The number of a name, which is the count of those before when it is new.
  public mutating func index(of name: Name) -> Int {
    let slot = slot(of: name)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(names.count)
    names.append(name)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  /// The number of a name, in four bytes; -1 where there is none.
  public mutating func number(of name: Name?) -> Int32 { name.map { Int32(index(of: $0)) } ?? -1 }

  /// Where the number of a name is, or belongs.
  private func slot(of name: Name) -> Int {
    var slot = name.digest & (slots.count - 1)
    while slots[slot] >= 0, names[Int(slots[slot])] != name {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, name) in names.enumerated() { slots[slot(of: name)] = Int32(index) }
  }
}

/// What one shard knows of the texts it has met: the same bytes always give the same value, made once.
struct Vocabulary<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var digest: Int
    var value: Value
  }

  private(set) var count = 0
  private var slots: [Entry?]

  /// Starts without a text.
  init() {
    slots = Array(repeating: nil, count: 256)
  }

  /// The value that was entered with a digest and is the one sought; `nil` when it is new.
  @inline(__always)
  func known(_ digest: Int, where isSought: (Value) -> Bool) -> Value? {
    var slot = digest & (slots.count - 1)
    while let entry = slots[slot] {
      if entry.digest == digest, isSought(entry.value) { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Enters a new value with the digest of its text.
  mutating func enter(_ value: Value, digest: Int) {
    count += 1
    if count * 2 > slots.count { grow() }
    place(Entry(digest: digest, value: value))
  }

  /// The value of a text, made when it is new; it keeps its text.
  @inline(__always)
  mutating func value(
    of bytes: borrowing Span<UInt8>, text: (Value) -> Name, make: (Name) -> Value
  ) -> Value {
    let digest = Name.digest(of: bytes)
    if let known = known(digest, where: { text($0).hasBytes(bytes) }) { return known }
    let value = make(Name(bytes: [UInt8](copying: bytes), digest: digest))
    enter(value, digest: digest)
    return value
  }

  private mutating func place(_ entry: Entry) {
    var slot = entry.digest & (slots.count - 1)
    while slots[slot] != nil { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 2)
    for case let entry? in old { place(entry) }
  }
}

extension Name {
  /// Whether the name consists of exactly these bytes.
  func hasBytes(_ other: borrowing Span<UInt8>) -> Bool {
    let own = bytes
    return own.count == other.count && own.span.holds(other, at: 0)
  }
}
