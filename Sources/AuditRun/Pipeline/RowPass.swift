import AuditEvidence
import AuditModel
import AuditReduce

/// Reads the stored pages once, in order, and turns their rows into files and a summary.
///
/// It is the same pass whether the pages have just come from a server, lie in a folder, or are re-performed from
/// a pack. Workers take runs of pages; their output is put together by index, so that the bytes do not depend on
/// which worker was faster.
struct RowPass {
  /// What the pass depends on.
  struct Settings: Sendable {
    var normaliser: Normaliser.Settings
    var reduction: ReductionPlan
    var writesCSV: Bool
    var writesSheet: Bool
    /// How many runs of pages are worked on at the same time.
    var workers: Int
    /// Puts tokens in the place of names; `nil` when they are shown.
    var pseudonyms: Pseudonyms?
  }

  /// What the pass found.
  struct Result {
    var summary: AuditSummary
    var population = Population()
    /// The Merkle tree over the lines of instances.ndjson.
    var tree = MerkleTree()
    /// Reference ids that the pages hold in several versions.
    var volatile: [Int64] = []
    /// The newest instant in the rows that does not lie in the future.
    var newest: Instant?
    /// Whose instances lie in the window.
    var initiators = Initiators()
    /// What each page holds, in their order.
    var pages: [PageContent] = []
    /// The first rows, as the page shows them.
    private(set) var excerpt: [InstanceExcerpt] = []

    /// How many rows the page may show.
    static let excerptLength = 100

    /// Whether rows are still to be shown.
    var wantsExcerpt: Bool { excerpt.count < Self.excerptLength }

    /// Takes over rows that are shown.
    mutating func show(_ rows: [InstanceExcerpt]) {
      if wantsExcerpt { excerpt += rows.prefix(Self.excerptLength - excerpt.count) }
    }

    init(_ settings: Settings) {
      summary = AuditSummary(plan: settings.reduction)
    }

    /// Takes over what a shard counted.
    mutating func merge(_ shard: Shard) {
      summary.merge(shard.summary)
      initiators.merge(shard.initiators)
      if let instant = shard.newest { newest = max(newest ?? instant, instant) }
    }
  }

  let pages: any StoredPages
  let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 4

  /// Runs the pass; `keep` gets the rows in order.
  ///
  /// - Returns: `nil` when the rows do not rise by reference id: what was kept is void, and ``SortedRowPass`` has
  ///   to do the work.
  func run(keep: (RowOutput) throws -> Void) async throws -> Result? {
    var shards: [Shard?] = (0..<settings.workers).map { _ in Shard(settings: settings) }
    var result = Result(settings)
    for first in stride(from: 0, to: pages.count, by: settings.workers * Self.runLength) {
      try Task.checkCancellation()
      for index in shards.indices { shards[index]?.wantsExcerpt = result.wantsExcerpt }
      for output in try await work(on: runs(from: first), &shards) {
        result.show(output.excerpt)
        result.pages += output.pages
        guard result.population.add(output.identities) else { return nil }
        for leaf in output.leaves { result.tree.append(leafHash: leaf) }
        try keep(output)
      }
    }
    for case let shard? in shards { result.merge(shard) }
    return result
  }

  private func runs(from first: Int) -> [Range<Int>] {
    stride(from: first, to: pages.count, by: Self.runLength).prefix(settings.workers).map {
      $0..<min($0 + Self.runLength, pages.count)
    }
  }

  /// Works on the runs side by side and returns what they give, in their order.
  private func work(on runs: [Range<Int>], _ shards: inout [Shard?]) async throws -> [RowOutput] {
    try await withThrowingTaskGroup(of: (Int, Shard, RowOutput).self) { group in
      for (index, run) in runs.enumerated() {
        guard let shard = shards[index].take() else { continue }
        group.addTask { [pages] in
          let (shard, output) = try Self.work(on: run, of: pages, shard)
          return (index, shard, output)
        }
      }
      var outputs = [RowOutput](repeating: RowOutput(), count: runs.count)
      for try await (index, shard, output) in group {
        shards[index] = shard
        outputs[index] = output
      }
      return outputs
    }
  }

  private static func work(
    on run: Range<Int>, of pages: any StoredPages, _ shard: consuming Shard
  ) throws -> (Shard, RowOutput) {
    var output = RowOutput()
    for page in run {
      let (batch, content) = try shard.read(pages.body(at: page), page: pages.name(at: page))
      shard.count(batch)
      shard.write(batch, to: &output)
      let instances = batch.instances.span
      for index in instances.indices {
        output.identities.append(Population.Identity(instances[index]))
      }
      output.pages.append(content)
    }
    return (shard, output)
  }
}
