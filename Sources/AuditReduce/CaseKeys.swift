import AuditModel

// What users and their requests are known by while cases are compared: SipHash under the seed of the process.
//
// Requesters choose the texts, but neither the seed nor the variables of the process, so that they cannot make two look
// like one. The keys order cases only within a run: they are never written, and no result depends on that order.

/// What a user and a common name are known by: 128 bits, since all of a run are compared with each other.
///
/// The first 64 are those of the common name, so that the users of a name come together when keys are sorted.
struct HolderKey: Sendable, Hashable, Comparable {
  private let high: UInt
  private let low: UInt

  /// Stands for no common name.
  static let none = HolderKey(high: 0, low: 0)

  private init(high: UInt, low: UInt) {
    self.high = high
    self.low = low
  }

  /// The key of a common name that a hasher has taken in, and of that and a user, which another has.
  init(name: Hasher, holder: Hasher) {
    self.init(
      high: UInt(bitPattern: name.finalize()), low: UInt(bitPattern: holder.finalize()))
  }

  /// What the common name is known by.
  var name: UInt { high }

  /// The first bits, which are spread evenly.
  func first(_ count: Int) -> Int { Int(high >> UInt(UInt.bitWidth - count)) }

  /// The bits that follow the first ones.
  func bits(behind first: Int) -> UInt { high << UInt(first) }

  static func < (left: HolderKey, right: HolderKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// What a request is known by: 64 bits, since two that differ have the same key once in 2⁶⁴, and matter only within minutes
/// of each other.
struct RequestKey: Sendable, Hashable {
  private let hash: Int

  /// Stands for no request.
  static let none = RequestKey(hash: 0)

  private init(hash: Int) {
    self.hash = hash
  }

  /// The key of what a hasher has taken in.
  init(_ hasher: Hasher) {
    self.init(hash: hasher.finalize())
  }
}

/// The common names of cases by their keys, each once, so that a report can name those of which it has something to say:
/// which ones these are is known only when all are counted.
struct CommonNames: Sendable {
  /// Some of the names: one list of all would be copied while it grows, and memory would hold it twice.
  private struct Part: Sendable {
    var keys: [UInt] = []
    /// Where the names end in ``texts``, so that each begins where the one before ends.
    var ends: [UInt32] = []
    /// The names in UTF-8, one behind the other.
    var texts: [UInt8] = []

    static let length = 65_536

    subscript(index: Int) -> ArraySlice<UInt8> {
      texts[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
    }
  }

  private var parts: [Part] = []
  private var count = 0
  /// The number of a name and one, or 0, at the place of its key, which is a hash, or at the next free one.
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// Keeps a name, unless it is there already.
  mutating func add(_ name: borrowing Span<UInt8>, key: UInt) {
    let slot = slot(of: key)
    if slots[slot] != 0 { return }
    if count % Part.length == 0 { parts.append(Part()) }
    let last = parts.count - 1
    parts[last].keys.append(key)
    parts[last].texts.append(copying: name)
    parts[last].ends.append(UInt32(parts[last].texts.count))
    count += 1
    slots[slot] = UInt32(count)
    if count * 4 > slots.count * 3 { grow() }
  }

  /// Where a key is, or would be.
  private func slot(of key: UInt) -> Int {
    var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[slot] != 0, self.key(Int(slots[slot]) - 1) != key {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func key(_ number: Int) -> UInt {
    parts[number / Part.length].keys[number % Part.length]
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in 0..<count { slots[slot(of: key(number))] = UInt32(number + 1) }
  }

  mutating func merge(_ other: CommonNames) {
    for part in other.parts {
      for index in part.keys.indices { add(part[index].span, key: part.keys[index]) }
    }
  }

  /// The name that is meant by a key.
  func name(of key: UInt) -> ArraySlice<UInt8>? {
    let number = Int(slots[slot(of: key)]) - 1
    return number < 0 ? nil : parts[number / Part.length][number % Part.length]
  }
}
