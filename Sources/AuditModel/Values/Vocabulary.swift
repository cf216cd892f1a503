/// The names one shard has met: the same bytes always give the same ``Name``.
public struct Vocabulary: Sendable {
  private var slots: [Name?]
  private var count = 0

  /// Starts without a name.
  public init() {
    slots = Array(repeating: nil, count: 256)
  }

  /// The name with these bytes, made when it is new.
  public mutating func name(of bytes: borrowing Span<UInt8>) -> Name {
    let digest = Name.digest(of: bytes)
    var slot = digest & (slots.count - 1)
    while let known = slots[slot] {
      if known.hasBytes(bytes) { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    let name = Name(bytes: [UInt8](copying: bytes), digest: digest)
    slots[slot] = name
    count += 1
    if count * 2 > slots.count { grow() }
    return name
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 2)
    for case let name? in old {
      var slot = name.digest & (slots.count - 1)
      while slots[slot] != nil { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = name
    }
  }
}

extension Name {
  /// Whether the name consists of exactly these bytes.
  func hasBytes(_ other: borrowing Span<UInt8>) -> Bool {
    guard bytes.count == other.count else { return false }
    for index in other.indices where bytes[index] != other[index] { return false }
    return true
  }
}
