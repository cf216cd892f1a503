import AuditModel

/// The common names of cases by their keys, so that a report can name those of which it has something to say: which ones
/// these are is known only when all are counted.
struct CommonNames: Sendable {
  /// Some of the names: one list of all would be copied while it grows, and memory would hold it twice.
  private struct Part: Sendable {
    /// Keys, and where in ``texts`` their names end, so that each begins where the one before ends.
    var entries: [(key: UInt, end: Int)] = []
    /// The names in UTF-8, one behind the other.
    var texts: [UInt8] = []
    /// The places of the entries by key, once they are sorted.
    var order: [UInt16] = []

    static let length = 65_536

    func name(of key: UInt) -> ArraySlice<UInt8>? {
      let place = order.partitioningIndex { entries[Int($0)].key >= key }
      guard place < order.count, case let entry = Int(order[place]), entries[entry].key == key
      else { return nil }
      return texts[(entry == 0 ? 0 : entries[entry - 1].end)..<entries[entry].end]
    }
  }

  private var parts: [Part] = []
  /// Whether the last part takes more names.
  private var isOpen = false
  /// The last key of each place: most names recur soon, and are kept once.
  private var recent = [UInt](repeating: 0, count: 4096)

  /// Keeps a name, unless it was kept not long ago.
  mutating func add(_ name: borrowing Span<UInt8>, key: UInt) {
    let slot = Int(key & 4095)
    if recent[slot] == key { return }
    recent[slot] = key
    if !isOpen {
      parts.append(Part())
      isOpen = true
    }
    let last = parts.count - 1
    parts[last].texts.append(copying: name)
    parts[last].entries.append((key, parts[last].texts.count))
    isOpen = parts[last].entries.count < Part.length
  }

  mutating func merge(_ other: CommonNames) {
    parts += other.parts
    isOpen = false
  }

  /// To be called when all are counted and merged.
  mutating func sort() {
    isOpen = false
    parts.concurrentForEach { part in
      let entries = part.entries
      part.order = entries.indices.map { UInt16($0) }
      part.order.sort(
        spreadBy: { entries[Int($0)].key }, by: { entries[Int($0)].key < entries[Int($1)].key })
    }
  }

  /// The name that is meant by a key, once they are sorted.
  func name(of key: UInt) -> ArraySlice<UInt8>? {
    for part in parts { if let name = part.name(of: key) { return name } }
    return nil
  }
}
