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
