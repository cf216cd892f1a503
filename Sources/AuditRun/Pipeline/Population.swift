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
  /// The first gaps between the lowest and the highest reference id.
  private(set) var gaps: [CompletenessDocument.Gap] = []
  /// How many gaps there are.
  private(set) var gapCount = 0
  /// How many reference ids lie in them.
  private(set) var missingIDs: Int64 = 0
  private var identities: [Identity] = []

  /// How many gaps are listed.
  static let listedGaps = 100

  /// Distinct reference ids.
  var distinct: Int { identities.count }

  /// Makes room for about as many rows; what is not needed costs no memory, since nobody touches it.
  mutating func expect(_ count: Int) {
    identities.reserveCapacity(count)
  }

  /// Counts rows that were received again, identical or in another version.
  mutating func addRepetitions(_ count: Int) {
    rows += count
  }

  /// Adds rows; whether each has a greater reference id than the one before.
  mutating func add(_ added: [Identity]) -> Bool {
    rows += added.count
    for identity in added {
      if let last = identities.last?.referenceID {
        guard identity.referenceID > last else { return false }
        if identity.referenceID > last + 1 {
          gapCount += 1
          missingIDs += identity.referenceID - last - 1
          if gaps.count < Self.listedGaps {
            gaps.append(.init(first: last + 1, last: identity.referenceID - 1))
          }
        }
      }
      identities.append(identity)
    }
    return true
  }

  /// Whether a reference id was received.
  func contains(_ referenceID: Int64) -> Bool {
    let index = identities.partitioningIndex { $0.referenceID >= referenceID }
    return index < identities.count && identities[index].referenceID == referenceID
  }

  /// Checks that no GUID stands under two reference ids.
  func checkOneToOne() throws(PopulationError) {
    guard holdsRepeatedID else { return }
    let sorted = identities.sorted { ($0.id, $0.referenceID) < ($1.id, $1.referenceID) }
    for (left, right) in zip(sorted, sorted.dropFirst()) where left.id == right.id {
      throw .sharedID(left.id, first: left.referenceID, second: right.referenceID)
    }
  }

  /// Whether a GUID occurs twice, found with a table of places: sorting takes a second copy of all ids.
  private var holdsRepeatedID: Bool {
    var size = 16
    while size < identities.count * 3 / 2 { size *= 2 }
    // 0 stands for an empty slot.
    var places = [UInt32](repeating: 0, count: size)
    let identities = identities.span
    for index in identities.indices {
      var slot = identities[index].id.hashValue & (size - 1)
      while places[slot] != 0 {
        if identities[Int(places[slot]) - 1].id == identities[index].id { return true }
        slot = (slot + 1) & (size - 1)
      }
      places[slot] = UInt32(index + 1)
    }
    return false
  }
}
