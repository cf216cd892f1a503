import AuditModel

/// The ids of a read: distinct, rising, one to one with their GUIDs, and where they have gaps.
struct Population: Sendable {
  /// Who a row is.
  struct Identity: Sendable {
    var referenceID: Int64
    var id: InstanceID

    init(_ instance: borrowing Instance) {
      referenceID = instance.referenceID
      id = instance.id
    }
  }

  /// Rows received, repetitions included.
  private(set) var rows = 0
  /// Distinct reference ids.
  private(set) var distinct = 0
  /// The gaps between the lowest and the highest reference id.
  private(set) var gaps = IDGaps()
  /// The reference ids between gaps, ascending.
  private var ranges: [ClosedRange<Int64>] = []
  /// Beside the reference ids, until it is known that they are one to one.
  private var ids: [InstanceID] = []

  /// Makes room for about as many rows; what is not needed costs no memory, since nobody touches it.
  mutating func expect(_ count: Int) {
    ids.reserveCapacity(count)
  }

  /// Counts rows that were received again, identical or in another version.
  mutating func addRepetitions(_ count: Int) {
    rows += count
  }

  /// Adds rows; whether each has a greater reference id than the one before.
  mutating func add(_ added: [Identity]) -> Bool {
    rows += added.count
    for identity in added {
      guard extend(to: identity.referenceID) else { return false }
      ids.append(identity.id)
    }
    distinct += added.count
    return true
  }

  private mutating func extend(to id: Int64) -> Bool {
    guard let range = ranges.last else {
      ranges.append(id...id)
      return true
    }
    guard id > range.upperBound else { return false }
    if id - range.upperBound == 1 {
      ranges[ranges.count - 1] = range.lowerBound...id
    } else {
      gaps.add(.init(first: range.upperBound + 1, last: id - 1))
      ranges.append(id...id)
    }
    return true
  }

  /// Whether a reference id was received.
  func contains(_ referenceID: Int64) -> Bool {
    let index = ranges.partitioningIndex { $0.upperBound >= referenceID }
    return index < ranges.count && ranges[index].contains(referenceID)
  }

  /// Checks that no GUID stands under two reference ids; after that nobody asks for the GUIDs, and they are forgotten.
  mutating func checkOneToOne() throws(PopulationError) {
    if holdsRepeatedID {
      let sorted = zip(ids, ranges.joined()).sorted { $0 < $1 }
      for (left, right) in zip(sorted, sorted.dropFirst()) where left.0 == right.0 {
        throw .sharedID(left.0, first: left.1, second: right.1)
      }
    }
    ids = []
  }

  /// Whether a GUID occurs twice, found with a table of places: sorting takes a second copy of all ids.
  private var holdsRepeatedID: Bool {
    var size = 16
    while size < ids.count * 3 / 2 { size *= 2 }
    // 0 stands for an empty slot.
    var places = [UInt32](repeating: 0, count: size)
    let ids = ids.span
    for index in ids.indices {
      var slot = ids[index].hashValue & (size - 1)
      while places[slot] != 0 {
        if ids[Int(places[slot]) - 1] == ids[index] { return true }
        slot = (slot + 1) & (size - 1)
      }
      places[slot] = UInt32(index + 1)
    }
    return false
  }
}
