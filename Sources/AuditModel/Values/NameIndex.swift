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
