package import AuditModel

/// The ids of a read: distinct, rising, one to one with their GUIDs, and where they have gaps.
package struct Population: Sendable {
  /// Who a row is.
  package struct Identity: Sendable {
    /// The instance's reference id.
    package var referenceID: Int64
    /// Its GUID.
    package var id: InstanceID
  }

  /// Rows received, repetitions included.
  package private(set) var rows = 0
  /// Distinct reference ids.
  package private(set) var distinct = 0
  /// The gaps between the lowest and the highest reference id.
  package private(set) var gaps = IDGaps()
  /// The reference ids between gaps, ascending.
  private var ranges: [ClosedRange<Int64>] = []
  /// Beside the reference ids, until it is known that they are one to one.
  private var ids: [InstanceID] = []

  /// Makes room for about as many rows; what is not needed costs no memory, since nobody touches it.
  package mutating func expect(_ count: Int) {
    ids.reserveCapacity(count)
  }

  /// Counts rows that were received again, identical or in another version.
  mutating func addRepetitions(_ count: Int) {
    rows += count
  }

  /// Adds rows; whether each has a greater reference id than the one before.
  package mutating func add(_ added: [Identity]) -> Bool {
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
  package func contains(_ referenceID: Int64) -> Bool {
    let index = ranges.partitioningIndex { $0.upperBound >= referenceID }
    return index < ranges.count && ranges[index].contains(referenceID)
  }

  /// Checks that no GUID stands under two reference ids, and forgets the GUIDs: nobody asks for them any more.
  mutating func checkUniqueIDs() throws(PopulationError) {
    let suspects = suspects.sorted { (ids[$0], $0) < (ids[$1], $1) }
    for (left, right) in zip(suspects, suspects.dropFirst()) where ids[left] == ids[right] {
      throw .sharedID(ids[left], first: referenceID(at: left), second: referenceID(at: right))
    }
    ids = []
  }

  /// Where the GUIDs stand that may occur twice: those that share a bit of a table.
  ///
  /// Few do by chance; sorting all would take a second copy of all.
  private var suspects: [Int] {
    let ids = ids.span
    var seen = BitTable(values: ids.count)
    var shared = seen
    for place in ids.indices where !seen.insert(ids[place].hashValue) {
      _ = shared.insert(ids[place].hashValue)
    }
    return ids.indices.filter { shared.contains(ids[$0].hashValue) }
  }

  private func referenceID(at place: Int) -> Int64 {
    let ids = ranges.joined()
    return ids[ids.index(ids.startIndex, offsetBy: place)]
  }
}

extension Population.Identity {
  /// What tells an instance from others.
  package init(_ instance: borrowing Instance) {
    self.init(referenceID: instance.referenceID, id: instance.id)
  }
}

/// One bit for each of a power of two of hash values.
struct BitTable {
  private var words: [UInt64]
  private let mask: UInt

  /// Makes a table with eight to sixteen bits for each of so many values, none set.
  init(values: Int) {
    let count = UInt(max(values, 8) * 8 - 1)
    mask = .max >> UInt(count.leadingZeroBitCount)
    words = [UInt64](repeating: 0, count: Int(mask >> 6) + 1)
  }

  /// Whether the bit of a hash value is set.
  func contains(_ hash: Int) -> Bool {
    let place = UInt(bitPattern: hash) & mask
    return words[Int(place >> 6)] >> UInt64(place & 63) & 1 == 1
  }

  /// Sets the bit of a hash value; whether it was not set before.
  mutating func insert(_ hash: Int) -> Bool {
    let isNew = !contains(hash)
    let place = UInt(bitPattern: hash) & mask
    words[Int(place >> 6)] |= 1 << UInt64(place & 63)
    return isNew
  }
}
