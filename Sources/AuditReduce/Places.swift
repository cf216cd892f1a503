import AuditModel

/// Where a store keeps what it counts of the objects that instances share: an object is found by its identity, and its
/// names are looked at only when it is new.
///
/// Several objects can have one place, as the spellings of a user do.
struct Places<Object: AnyObject & Sendable>: Sendable {
  private struct Entry: Sendable {
    /// Kept, so that no other object comes to have its identity.
    let object: Object
    let place: Int
  }

  private var entries: [Entry] = []
  /// The indices of entries by the identities of their objects; -1 where there is none.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The place of an object; `nil` when it has none yet.
  @inline(__always)
  subscript(object: ObjectIdentifier) -> Int? {
    var slot = firstSlot(of: object)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if ObjectIdentifier(entries[index].object) == object { return entries[index].place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Gives a new object its place.
  mutating func enter(_ object: Object, at place: Int) {
    entries.append(Entry(object: object, place: place))
    if entries.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 2)
      for index in entries.indices { enter(index) }
    } else {
      enter(entries.count - 1)
    }
  }

  private mutating func enter(_ index: Int) {
    var slot = firstSlot(of: ObjectIdentifier(entries[index].object))
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }

  /// Fibonacci hashing: the lowest bits of an identity are those of an object's alignment.
  @inline(__always)
  private func firstSlot(of object: ObjectIdentifier) -> Int {
    let hash = UInt(bitPattern: object) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> UInt(UInt.bitWidth - slots.count.trailingZeroBitCount))
  }
}

/// What is counted of the groups that definitions fall into, each group with a key.
struct DefinitionGroups<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private(set) var keys: [Key] = []
  /// By the places of the groups.
  var values: [Value] = []
  private var indices: [Key: Int] = [:]
  private var places = Places<Definition>()

  /// What is counted of a group.
  subscript(key: Key) -> Value? { indices[key].map { values[$0] } }

  /// The place of a definition's group, which begins when it is new.
  @inline(__always)
  mutating func place(
    of definition: Definition, key: (Definition) -> Key, new: @autoclosure () -> Value
  ) -> Int {
    if let place = places[ObjectIdentifier(definition)] { return place }
    let place = place(of: key(definition), new: new())
    places.enter(definition, at: place)
    return place
  }

  private mutating func place(of key: Key, new: @autoclosure () -> Value) -> Int {
    if let place = indices[key] { return place }
    indices[key] = keys.count
    keys.append(key)
    values.append(new())
    return keys.count - 1
  }

  /// Counts what others have counted.
  mutating func merge(_ other: DefinitionGroups, by merge: (inout Value, Value) -> Void) {
    for (key, value) in zip(other.keys, other.values) {
      let known = keys.count
      let place = place(of: key, new: value)
      if place < known { merge(&values[place], value) }
    }
  }
}

/// Names that shared objects have, each numbered, with a hash that is the same wherever this process numbers it.
struct NumberedNames<Object: AnyObject & Sendable>: Sendable {
  private(set) var index = NameIndex()
  private var hashes: [Int] = []
  private var places = Places<Object>()

  /// The names, by their numbers.
  var names: [Name] { index.names }

  /// The hash of a name, by its number.
  subscript(number: Int32) -> Int { hashes[Int(number)] }

  /// The number of the name of an object that was met; -1 when it has no name.
  @inline(__always)
  func known(_ object: ObjectIdentifier) -> Int32? { places[object].map { Int32($0) } }

  /// The number of the name of a new object; -1 when it has none.
  mutating func number(of object: Object, named name: Name?) -> Int32 {
    let number = name.map { self.number(of: $0) } ?? -1
    places.enter(object, at: Int(number))
    return number
  }

  /// Lets the objects go: what is asked for from here on are names.
  mutating func forgetObjects() {
    places = Places()
  }

  /// The number of a name.
  mutating func number(of name: Name) -> Int32 {
    let number = index.index(of: name)
    if number == hashes.count {
      let bytes = name.bytes
      var hasher = Hasher()
      hasher.combine(bytes.span)
      hashes.append(hasher.finalize())
    }
    return Int32(number)
  }
}
