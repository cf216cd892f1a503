/// What one shard knows of the texts it has met: the same bytes always give the same value, made once.
struct Vocabulary<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var name: Name
    var value: Value
  }

  private(set) var count = 0
  private var slots: [Entry?]

  /// Starts without a text.
  init() {
    slots = Array(repeating: nil, count: 256)
  }

  /// The value of a text; `nil` when it is new.
  func known(_ bytes: borrowing Span<UInt8>) -> Value? {
    let digest = Name.digest(of: bytes)
    var slot = digest & (slots.count - 1)
    while let known = slots[slot] {
      if known.name.hasBytes(bytes) { return known.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Enters the value of a new text.
  mutating func enter(_ value: Value, of name: Name) {
    count += 1
    if count * 2 > slots.count { grow() }
    place(Entry(name: name, value: value))
  }

  /// The value of a text, made when it is new.
  mutating func value(of bytes: borrowing Span<UInt8>, make: (Name) -> Value) -> Value {
    if let value = known(bytes) { return value }
    let name = Name(bytes: [UInt8](copying: bytes))
    let value = make(name)
    enter(value, of: name)
    return value
  }

  private mutating func place(_ entry: Entry) {
    var slot = entry.name.digest & (slots.count - 1)
    while slots[slot] != nil { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 2)
    for case let entry? in old { place(entry) }
  }
}

extension Vocabulary<Name> {
  /// The name with these bytes.
  mutating func name(of bytes: borrowing Span<UInt8>) -> Name {
    value(of: bytes) { $0 }
  }
}

extension Name {
  /// Whether the name consists of exactly these bytes.
  func hasBytes(_ other: borrowing Span<UInt8>) -> Bool {
    let own = bytes
    return own.count == other.count && own.span.holds(other, at: 0)
  }
}
