package import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditReduce
import Synchronization

/// Reads the stored pages once, in order, and turns their rows into files and a summary.
///
/// It is the same pass whether the pages have just come from a server, lie in a folder, or are re-performed from
/// a pack. Workers take runs of pages; their output is put together by index, so that the bytes do not depend on
/// which worker was faster.
package struct RowPass {
  /// What the pass depends on.
  package struct Settings: Sendable {
    package var normaliser: Normaliser.Settings
    package var reduction: ReductionPlan
    var writesCSV: Bool
    var writesSheet: Bool
    /// How many runs of pages are worked on at the same time.
    package var workers: Int
    /// Puts tokens in the place of names; `nil` when they are shown.
    package var pseudonyms: Pseudonyms?
  }

  /// What the pass found.
  package struct Result {
    package var summary: AuditSummary
    package var population = Population()
    /// The Merkle tree over the lines of instances.ndjson.
    package var tree = MerkleTree()
    /// Reference ids that the pages hold in several versions.
    package var volatile: [Int64] = []
    /// The newest instant in the rows that does not lie in the future.
    package var newest: Instant?
    /// Whether some instant does lie there.
    var hasFutureDates = false
    /// Whose instances lie in the window.
    var initiators = Initiators()
    /// What each page holds, in their order.
    package var pages: [PageContent] = []
    /// The first rows, as the page shows them.
    package private(set) var excerpt: [InstanceExcerpt] = []

    /// How many rows the page may show.
    static let excerptLength = 100

    /// Whether rows are still to be shown.
    var wantsExcerpt: Bool { excerpt.count < Self.excerptLength }

    /// Takes over rows that are shown.
    package mutating func show(_ rows: [InstanceExcerpt]) {
      if wantsExcerpt { excerpt += rows.prefix(Self.excerptLength - excerpt.count) }
    }

    package init(_ settings: Settings) {
      summary = AuditSummary(plan: settings.reduction)
    }

    /// Takes over what a shard counted.
    package mutating func merge(_ shard: Shard) {
      summary.merge(shard.summary)
      initiators.merge(shard.initiators)
      if let instant = shard.newest { newest = max(newest ?? instant, instant) }
      hasFutureDates = hasFutureDates || shard.hasFutureDates
    }
  }

  package let pages: any StoredPages
  package let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 2

  /// A shard and what it made of the run it took last, kept in one place: a copy would be as long as the population.
  private final class Worker: Sendable {
    struct State {
      var shard: Shard
      var output = RowOutput()
    }

    let state: Mutex<State>

    init(_ shard: Shard) {
      state = Mutex(State(shard: shard))
    }

    /// Reads a run of pages; the output before is gone by then.
    func work(on run: Range<Int>, of pages: any StoredPages, wantsExcerpt: Bool) throws {
      try state.withLock { state in
        state.output.removeAll()
        state.shard.wantsExcerpt = wantsExcerpt
        for page in run { try Self.read(page, of: pages, &state) }
      }
    }

    private static func read(
      _ page: Int, of pages: any StoredPages, _ state: inout State
    ) throws {
      let (batch, content) = try state.shard.read(
        pages.body(at: page), page: pages.name(at: page))
      state.shard.count(batch)
      state.shard.write(batch, to: &state.output)
      let instances = batch.instances.span
      for index in instances.indices {
        state.output.identities.append(Population.Identity(instances[index]))
      }
      state.output.pages.append(content)
    }
  }

  /// Runs the pass; `keep` gets the rows in order.
  ///
  /// While one run is kept, the other workers go on with the next.
  ///
  /// - Returns: `nil` when the rows do not rise by reference id: what was kept is void, and ``SortedRowPass`` has
  ///   to do the work.
  package func run(keep: (RowOutput) throws -> Void) async throws -> Result? {
    let runs = stride(from: 0, to: pages.count, by: Self.runLength).map {
      $0..<min($0 + Self.runLength, pages.count)
    }
    var result = Result(settings)
    var workers = (0..<settings.workers).map { _ in Worker(Shard(settings: settings)) }
    let isRising = try await withThrowingTaskGroup(of: (Int, Worker).self) { [workers] group in
      var idle = workers
      var done: [Int: Worker] = [:]
      var begun = 0
      for index in runs.indices {
        try Task.checkCancellation()
        while begun < runs.count, let worker = idle.popLast() {
          group.addTask { [begun, pages, wantsExcerpt = result.wantsExcerpt] in
            try worker.work(on: runs[begun], of: pages, wantsExcerpt: wantsExcerpt)
            return (begun, worker)
          }
          begun += 1
        }
        while done[index] == nil, let (other, worker) = try await group.next() {
          done[other] = worker
        }
        guard let worker = done.removeValue(forKey: index) else { break }
        let isRising = try worker.state.withLock { state in
          try take(state.output, of: runs.count, into: &result, keep)
        }
        guard isRising else { return false }
        idle.append(worker)
      }
      return true
    }
    guard isRising else { return nil }
    try result.population.checkAndForgetIDs()
    // Each is let go before the next is taken over: both together would double what is kept.
    while let worker = workers.popLast() { worker.state.withLock { result.merge($0.shard) } }
    return result
  }

  /// Takes over what a worker made of the next run; whether its rows rise by reference id.
  private func take(
    _ output: RowOutput, of runs: Int, into result: inout Result, _ keep: (RowOutput) throws -> Void
  ) throws -> Bool {
    result.show(output.excerpt)
    result.pages += output.pages
    if result.population.rows == 0 {
      result.population.expect(output.identities.count * runs)
    }
    guard result.population.add(output.identities) else { return false }
    for leaf in output.leaves { result.tree.append(leafHash: leaf) }
    try keep(output)
    return true
  }
}
