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
    work.finish { $0.merge(into: &result) }
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
