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

  /// Checks that no GUID has two reference ids, and forgets the GUIDs: nobody asks for them any more.
  mutating func checkUniqueIDs() throws(ReductionError) {
    // Few share a bit by chance, and of these few again; sorting all would take a second copy of all.
    let suspects = sharing(sharing(ids.indices, round: 1), round: 2)
      .sorted { (ids[$0], $0) < (ids[$1], $1) }
    for (left, right) in zip(suspects, suspects.dropFirst()) where ids[left] == ids[right] {
      throw .sharedID(ids[left], first: referenceID(at: left), second: referenceID(at: right))
    }
    ids = []
  }

  /// At which of some places the GUIDs may occur twice: those that share a bit of a table.
  private func sharing(_ places: some Collection<Int>, round: Int) -> [Int] {
    let ids = ids.span
    let spread = Spread(round: round)
    var seen = BitTable(values: places.count)
    var shared = seen
    for place in places where !seen.insert(spread(ids[place])) {
      _ = shared.insert(spread(ids[place]))
    }
    return places.filter { shared.contains(spread(ids[$0])) }
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

/// Spreads GUIDs, most of which are random, over 64 bits.
///
/// It depends on the seed of the process, so that whoever chooses GUIDs does not know which of them meet; if all did, all
/// would be sorted.
private struct Spread {
  private let high: UInt64
  private let low: UInt64

  init(round: Int) {
    high = UInt64(bitPattern: Int64([round, 0].hashValue))
    low = UInt64(bitPattern: Int64([round, 1].hashValue))
  }

  func callAsFunction(_ id: InstanceID) -> UInt64 {
    let product = (id.high ^ high).multipliedFullWidth(by: id.low ^ low)
    return product.high ^ product.low
  }
}

/// One bit for each of a power of two of hash values, told apart by their highest bits.
struct BitTable {
  private var words: [UInt64]
  private let shift: UInt64

  /// Makes a table with eight to sixteen bits for each of so many values, none set.
  init(values: Int) {
    let last = UInt64(max(values, 8) * 8 - 1)
    shift = UInt64(last.leadingZeroBitCount)
    words = [UInt64](repeating: 0, count: 1 << (58 - last.leadingZeroBitCount))
  }

  /// Whether the bit of a hash value is set.
  func contains(_ hash: UInt64) -> Bool {
    let place = hash >> shift
    return words[Int(place >> 6)] >> UInt64(place & 63) & 1 == 1
  }

  /// Sets the bit of a hash value; whether it was not set before.
  mutating func insert(_ hash: UInt64) -> Bool {
    let isNew = !contains(hash)
    let place = hash >> shift
    words[Int(place >> 6)] |= 1 << UInt64(place & 63)
    return isNew
  }
}

/// Ranges of reference ids that no row has: all of them counted, the first listed.
package struct IDGaps: Sendable {
  /// The first gaps.
  package private(set) var listed: [CompletenessDocument.Gap] = []
  /// How many gaps there are.
  package private(set) var count = 0
  /// How many reference ids lie in them.
  package private(set) var missing: Int64 = 0

  /// Makes one.
  package init() {
  }

  /// How many are listed.
  private static let limit = 100

  /// Counts a gap.
  package mutating func add(_ gap: CompletenessDocument.Gap) {
    count += 1
    missing += gap.last - gap.first + 1
    if listed.count < Self.limit { listed.append(gap) }
  }
}

/// Warns that an account may see only a part of the instances: the server does not say so, but the rows may look it.
struct ScopeWarning {
  let population: Population
  let initiators: Initiators

  /// With fewer rows, one user is nothing remarkable.
  private static let fewRows = 10
  /// From here on the ids between the lowest and the highest are mostly missing, in percent.
  private static let mostlyGaps: Int64 = 90

  /// The warning; `nil` when nothing looks like it.
  var finding: Notice? {
    let rows = Int64(population.distinct)
    guard rows >= Self.fewRows else { return nil }
    // Ids reach to the greatest integer, so that their number times a hundred may not be one.
    let missing = Double(population.gaps.missing)
    let percent = Int64(missing * 100 / (missing + Double(rows)))
    var signs: [String] = []
    if let user = initiators.only, user.kind != .timer {
      signs.append(
        "all instances were started by \(TerminalText.sanitized(user.spelling.string, limit: 100))")
    }
    if percent >= Self.mostlyGaps {
      signs.append(
        "\(percent) % of the reference ids between the lowest and the highest are missing")
    }
    if signs.isEmpty { return nil }
    return .init(
      .scope,
      "The account may see only a part of the instances: \(signs.joined(separator: ", and ")). "
        + "Check that it has /workflows/instances/read/ and not only /workflows/instances/read/mine/."
    )
  }
}

/// Whether the instances of a window have one initiating user or several, which costs no memory to know.
struct Initiators: Sendable {
  /// The first that was met.
  private(set) var first: User?
  /// Whether there is another.
  private(set) var areSeveral = false

  /// The only one; `nil` when there are several or none.
  var only: User? { areSeveral ? nil : first }

  /// Adds the user of an instance; one without a user says nothing.
  mutating func add(_ user: User?) {
    guard !areSeveral, let user else { return }
    if let first {
      areSeveral = first.key != user.key
    } else {
      first = user
    }
  }

  mutating func merge(_ other: Initiators) {
    areSeveral = areSeveral || other.areSeveral
    add(other.first)
  }
}
