import AuditModel

/// The rows of one server that newer packs hold, so that an older version of one does not count again.
///
/// Costs twelve bytes a row: how far its reference id lies from the first of its run, and half of its GUID.
struct SeenRows: Sendable {
  /// Rows that rise by reference id.
  private struct Run: Sendable {
    let first: Int64
    private(set) var offsets: [UInt32] = []
    private(set) var halves: [UInt64] = []

    /// Begins a run with room for so many rows.
    init(first: Int64, room: Int) {
      self.first = first
      offsets.reserveCapacity(room)
      halves.reserveCapacity(room)
    }

    var ids: ClosedRange<Int64> { first...first + Int64(offsets.last ?? 0) }

    var allIDs: [Int64] { offsets.map { first + Int64($0) } }

    /// Adds a row, unless it lies too far away.
    mutating func add(_ row: Population.Identity) -> Bool {
      guard let offset = UInt32(exactly: row.referenceID - first) else { return false }
      offsets.append(offset)
      halves.append(row.id.low)
      return true
    }

    /// The half of the GUID of a row in this run.
    func half(of referenceID: Int64) -> UInt64? {
      guard ids.contains(referenceID) else { return nil }
      let offset = UInt32(referenceID - first)
      let place = offsets.partitioningIndex { $0 >= offset }
      return offsets[place] == offset ? halves[place] : nil
    }
  }

  private var runs: [Run] = []

  /// How many there are.
  private(set) var count = 0

  /// Whether a row was seen.
  enum Sight {
    /// No newer pack has its reference id.
    case new
    /// A newer pack has it.
    case again
    /// A newer pack has another instance under its reference id.
    case other
  }

  func sight(of row: Population.Identity) -> Sight {
    var sight = Sight.new
    for run in runs {
      guard let half = run.half(of: row.referenceID) else { continue }
      if half == row.id.low { return .again }
      sight = .other
    }
    return sight
  }

  /// Those among them that lie in a range of reference ids, and perhaps others.
  func near(_ ids: ClosedRange<Int64>) -> SeenRows {
    var near = SeenRows()
    near.runs = runs.filter { $0.ids.overlaps(ids) }
    return near
  }

  /// The ranges of reference ids between the lowest and the highest that no row has.
  var gaps: IDGaps {
    var gaps = IDGaps()
    var last: Int64?
    let runs = runs.sorted { $0.first < $1.first }
    var next = runs.startIndex
    while next < runs.endIndex {
      // Runs that reach into each other are looked at together.
      var ids = runs[next].allIDs
      next += 1
      while next < runs.endIndex, let end = ids.last, runs[next].first <= end {
        ids = (ids + runs[next].allIDs).sorted()
        next += 1
      }
      for id in ids {
        if let last, id > last + 1 { gaps.add(.init(first: last + 1, last: id - 1)) }
        last = id
      }
    }
    return gaps
  }

  /// Adds the rows of a pack, those left out that were seen already.
  mutating func add(_ rows: [Population.Identity]) {
    count += rows.count
    var run: Run?
    for row in rows.sorted(by: { $0.referenceID < $1.referenceID }) where run?.add(row) != true {
      if let run { runs.append(run) }
      run = Run(first: row.referenceID, room: rows.count)
      _ = run?.add(row)
    }
    if let run { runs.append(run) }
  }
}
