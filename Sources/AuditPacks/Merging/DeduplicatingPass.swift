import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// Reads the pages of a pack and reduces those of their rows that count; nothing is written.
///
/// Workers take a few pages at a time (``OrderedWork``). Rows are expected to rise by reference id; where they do not,
/// or repeat, the newest version of each is found first.
struct DeduplicatingPass {
  /// What the pass depends on.
  struct Settings: Sendable {
    var normaliser: Normaliser.Settings
    var reduction: ReductionPlan
    var deduplicator: RowDeduplicator
    /// Whether the pages hold what was open from before the window.
    var isOlder: Bool
    /// How many runs of pages are worked on at the same time.
    var workers: Int
  }

  /// What was found.
  struct Result {
    var summary: AuditSummary
    /// Who the rows are that count.
    var rows: [Population.Identity] = []
    /// Rows that a newer pack has as well.
    var duplicates = 0
    /// Reference ids that stand for another instance in a newer pack.
    var reused = ReusedIDs()
    /// Rows of the cohorts of other packs that are open here.
    var stillOpen: Set<Int64> = []

    /// Takes over what a worker counted; its rows have been taken already.
    fileprivate mutating func merge(_ other: Result) {
      summary.merge(other.summary)
      duplicates += other.duplicates
      reused.merge(other.reused)
      stillOpen.formUnion(other.stillOpen)
    }
  }

  let pages: any StoredPages
  let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 2

  func run() async throws -> Result {
    let (result, isRising) = try await pass(nil)
    return try await isRising ? result : pass(newestRows()).result
  }

  /// Runs over some rows of each page, or over all, which then have to rise by reference id; where they do not, the result
  /// is void.
  private func pass(_ wanted: [[Int]]?) async throws -> (result: Result, isRising: Bool) {
    var result = Result(summary: AuditSummary(plan: settings.reduction))
    var work = OrderedWork(workers: settings.workers) { PageDeduplicator(settings) }
    var last: Int64?
    let isRising = try await work.run(over: pages.count, by: Self.runLength) { [pages] in
      $0.begin()
      for page in $1 { try $0.read(page, of: pages, wanted?[page]) }
    } take: {
      $0.take(after: &last, into: &result.rows) || wanted != nil
    }
    work.finish { result.merge($0.found) }
    return (result, isRising)
  }

  /// For each page the rows of which no newer version is there.
  private func newestRows() throws -> [[Int]] {
    var normaliser = Normaliser(settings: settings.normaliser)
    var places: [NewestVersions.Place] = []
    for page in 0..<pages.count {
      try Task.checkCancellation()
      let batch = normaliser.normalise(try pages.rows(at: page))
      for row in batch.instances.indices {
        places.append(.init(batch.instances.span[row], page: page, row: row))
      }
    }
    return try NewestVersions(of: places).rows(onPages: pages.count)
  }
}

/// Reference ids that stand for one instance in one pack and for another in another.
struct ReusedIDs: Sendable {
  private(set) var count = 0
  /// The smallest.
  private(set) var first: Int64?

  mutating func add(_ referenceID: Int64) {
    count += 1
    first = min(first ?? referenceID, referenceID)
  }

  mutating func merge(_ other: ReusedIDs) {
    count += other.count
    if let id = other.first { first = min(first ?? id, id) }
  }
}

/// One worker's part of ``DeduplicatingPass``: it reads pages, screens their rows and counts those that are left.
private struct PageDeduplicator: Sendable {
  private let settings: DeduplicatingPass.Settings
  private var normaliser: Normaliser
  /// What it counted; its rows are those of the run of pages that was read last.
  private(set) var found: DeduplicatingPass.Result
  /// All rows of that run, in their order.
  private var read: [Population.Identity] = []

  init(_ settings: DeduplicatingPass.Settings) {
    self.settings = settings
    normaliser = Normaliser(settings: settings.normaliser)
    found = .init(summary: AuditSummary(plan: settings.reduction))
  }

  /// Forgets the run before.
  mutating func begin() {
    read.removeAll(keepingCapacity: true)
    found.rows.removeAll(keepingCapacity: true)
  }

  /// Reads a page, or some of its rows.
  mutating func read(_ page: Int, of pages: any StoredPages, _ wanted: [Int]?) throws {
    var batch = normaliser.normalise(try pages.rows(at: page))
    if let wanted { batch.instances = wanted.map { batch.instances[$0] } }
    try screen(&batch)
    if settings.isOlder {
      found.summary.addOlder(batch)
    } else {
      found.summary.add(batch)
    }
  }

  /// Leaves the rows that count, and those that only say that they were there.
  private mutating func screen(_ batch: inout InstanceBatch) throws {
    let identities = batch.instances.map { Population.Identity($0) }
    read += identities
    let occurrences = try settings.deduplicator.seen.lookup(identities)
    var left: [Instance] = []
    for (index, instance) in batch.instances.enumerated() {
      if counts(instance, identities[index], occurrences[index]) { left.append(instance) }
    }
    batch.instances = left
  }

  /// Whether a row is left; what is open from before all windows counts once, and what is in the cohort of another pack
  /// counts as that has it, but is known to have been open still.
  private mutating func counts(
    _ instance: Instance, _ row: Population.Identity, _ occurrence: SeenRows.Occurrence
  ) -> Bool {
    guard instance.quality.contains(.outOfWindow) else { return isNew(row, occurrence) }
    guard isOpenFromBefore(instance) else { return true }
    if settings.deduplicator.covers(instance.start) {
      found.stillOpen.insert(instance.referenceID)
      return false
    }
    return isNew(row, occurrence)
  }

  /// Whether no newer pack has a row; if so, it is one of those that count.
  private mutating func isNew(_ row: Population.Identity, _ occurrence: SeenRows.Occurrence) -> Bool
  {
    switch occurrence {
    case .duplicate:
      found.duplicates += 1
      return false
    case .conflict: found.reused.add(row.referenceID)
    case .new: break
    }
    found.rows.append(row)
    return true
  }

  private func isOpenFromBefore(_ instance: Instance) -> Bool {
    guard let start = instance.start, let from = settings.normaliser.window?.from else {
      return false
    }
    return instance.status.isOpen && start < from
  }

  /// Hands over the rows of the run; whether all of them rise by reference id.
  mutating func take(after last: inout Int64?, into rows: inout [Population.Identity]) -> Bool {
    rows += found.rows
    for row in read {
      if let before = last, row.referenceID <= before { return false }
      last = row.referenceID
    }
    return true
  }
}

/// What decides which rows of a pack count: those that no newer pack has, and what lies in another pack's window.
struct RowDeduplicator: Sendable {
  /// What newer packs of the server hold.
  var seen: SeenRows
  /// The windows of the server's packs, those that touch put together, ascending.
  private let windows: [Range<Instant>]

  init(windows: [Range<Instant>], seen: SeenRows) {
    self.seen = seen
    var joined: [Range<Instant>] = []
    for window in windows.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let last = joined.last, window.lowerBound <= last.upperBound else {
        joined.append(window)
        continue
      }
      joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
    }
    self.windows = joined
  }

  /// Whether some window of the server holds a start; one that cannot be read is in the window that it was read for.
  func covers(_ start: Instant?) -> Bool {
    guard let start else { return true }
    let place = windows.partitioningIndex { $0.upperBound > start }
    return place < windows.count && windows[place].contains(start)
  }
}
