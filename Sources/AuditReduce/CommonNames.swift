import AuditModel

/// The common names of cases, each once, numbered from 0, so that a report can name those of which it has something to say:
/// which ones these are is known only when all are counted.
struct CommonNames: Sendable {
  /// Some of the names: one list of all would be copied while it grows, and memory would hold it twice.
  private struct Part: Sendable {
    /// Where the names end in ``texts``, so that each begins where the one before ends.
    var ends: [UInt32] = []
    /// The names in UTF-8, one behind the other.
    var texts: [UInt8] = []

    static let length = 65_536
  }

  private var parts: [Part] = []
  /// How many names there are.
  private(set) var count = 0
  /// The first 32 bits of a name's hash and behind them its number and one, or 0: at the place that the hash has among as
  /// many as there are slots, or at the next free one.
  private var slots = [UInt64](repeating: 0, count: 1024)

  /// The name that has a number.
  subscript(number: Int) -> ArraySlice<UInt8> {
    let (part, index) = number.quotientAndRemainder(dividingBy: Part.length)
    let start = index == 0 ? 0 : Int(parts[part].ends[index - 1])
    return parts[part].texts[start..<Int(parts[part].ends[index])]
  }

  /// The numbers of names, the parts of a text; the number of a new one is the count of those before.
  ///
  /// Many at a time, so that the processor fetches the slots of all while it waits for that of the first.
  mutating func numbers(of parts: [Range<Int>], in text: borrowing Span<UInt8>) -> [Int32] {
    var numbers: [Int32] = []
    numbers.reserveCapacity(parts.count)
    let hashes = parts.map { Self.hash(of: text.extracting($0)) }
    let entries = hashes.map { slots[firstSlot(of: $0)] }
    for index in parts.indices {
      let name = text.extracting(parts[index])
      let known = number(in: entries[index], of: name, hash: hashes[index])
      numbers.append(known ?? number(of: name, hash: hashes[index]))
    }
    return numbers
  }

  /// The first 32 bits of SipHash under the seed of the process, which requesters do not choose.
  private static func hash(of name: borrowing Span<UInt8>) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(name)
    return UInt64(UInt(bitPattern: hasher.finalize())) >> 32
  }

  private mutating func number(of name: borrowing Span<UInt8>, hash: UInt64) -> Int32 {
    var slot = firstSlot(of: hash)
    while slots[slot] != 0 {
      if let number = number(in: slots[slot], of: name, hash: hash) { return number }
      slot = slot + 1 == slots.count ? 0 : slot + 1
    }
    append(name)
    slots[slot] = hash << 32 | UInt64(count)
    if count * 5 > slots.count * 4 { grow() }
    return Int32(count - 1)
  }

  /// The number in a slot when it is that of a name.
  @inline(__always)
  private func number(
    in entry: UInt64, of name: borrowing Span<UInt8>, hash: UInt64
  ) -> Int32? {
    guard entry != 0, entry >> 32 == hash else { return nil }
    let number = Int(UInt32(truncatingIfNeeded: entry)) - 1
    let known = self[number]
    return known.count == name.count && known.span.holds(name, at: 0) ? Int32(number) : nil
  }

  private mutating func append(_ name: borrowing Span<UInt8>) {
    if count % Part.length == 0 { parts.append(Part()) }
    let last = parts.count - 1
    parts[last].texts.append(copying: name)
    parts[last].ends.append(UInt32(parts[last].texts.count))
    count += 1
  }

  private func firstSlot(of hash: UInt64) -> Int { Int((hash * UInt64(slots.count)) >> 32) }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: slots.count / 2 * 3)
    for entry in old where entry != 0 {
      var slot = firstSlot(of: entry >> 32)
      while slots[slot] != 0 { slot = slot + 1 == slots.count ? 0 : slot + 1 }
      slots[slot] = entry
    }
  }

  /// Takes over the names of another.
  ///
  /// - Returns: The numbers that they have here, by those that they have there.
  mutating func merge(_ other: CommonNames) -> [Int32] {
    other.parts.flatMap { part in
      let starts = [0] + part.ends.dropLast().map(Int.init)
      return numbers(of: zip(starts, part.ends).map { $0..<Int($1) }, in: part.texts.span)
    }
  }
}
