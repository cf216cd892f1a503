package import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditReduce

/// Reads the stored pages once, in order, and turns their rows into files and a summary.
///
/// It is the same pass whether the pages have just come from a server, lie in a folder, or are re-performed from
/// a pack. Workers take runs of pages; their output is put together in order (``OrderedWork``).
package struct RowPass {
  /// What the pass depends on.
  package struct Settings: Sendable {
    /// How rows are normalised.
    package var normaliser: Normaliser.Settings
    /// What is computed of them.
    package var reduction: ReductionPlan
    var writesCSV: Bool
    var writesNDJSON: Bool
    var writesSheet: Bool
    /// What the leaves of the Merkle tree are made of.
    var leaf: LeafKind
    /// How many runs of pages are worked on at the same time.
    package var workers: Int
    /// Puts tokens in the place of names; `nil` when they are shown.
    package var pseudonyms: Pseudonyms?
  }

  /// What the pass found.
  package struct Result {
    /// The figures, still to be finished.
    package var summary: AuditSummary
    /// The ids of all rows.
    package var population = Population()
    /// The Merkle tree over the rows.
    package var tree = MerkleTree()
    /// What its leaves are made of.
    package let leaf: LeafKind
    /// Reference ids that the pages hold in several versions.
    package var volatile: [Int64] = []
    /// The newest instant in the rows that does not lie in the future.
    package var newest: Instant?
    /// Whose instances lie in the window.
    var initiators = Initiators()
    /// What each page holds, in their order.
    package var pages: [PageContent] = []

    /// Starts without rows.
    package init(_ settings: Settings) {
      leaf = settings.leaf
      summary = AuditSummary(plan: settings.reduction)
    }

    /// Takes over what a shard counted.
    package mutating func merge(_ shard: Shard) {
      summary.merge(shard.summary)
      initiators.merge(shard.initiators)
      if let instant = shard.newest { newest = max(newest ?? instant, instant) }
    }
  }

  /// The pages to read.
  package let pages: any StoredPages
  /// What the pass depends on.
  package let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 2

  /// A shard and what it made of the run of pages that it took last.
  private struct Worker: Sendable {
    var shard: Shard
    var output = RowOutput()

    /// Reads a run of pages; the output before is gone by then.
    mutating func read(_ run: Range<Int>, of pages: any StoredPages) throws {
      output.removeAll()
      for page in run {
        let (batch, content) = shard.normalise(try pages.rows(at: page))
        shard.count(batch)
        shard.write(batch, to: &output)
        let instances = batch.instances.span
        for index in instances.indices {
          output.identities.append(
            Population.Identity(
              referenceID: instances[index].referenceID, id: instances[index].id))
        }
        output.pages.append(content)
      }
    }
  }

  /// Runs the pass; `keep` gets the rows in order.
  ///
  /// - Returns: `nil` when the rows do not rise by reference id: what was kept is void, and `SortedRowPass` has
  ///   to do the work.
  package func run(keep: (RowOutput) throws -> Void) async throws -> Result? {
    var result = Result(settings)
    var work = OrderedWork(workers: settings.workers) {
      Worker(shard: Shard(settings: settings))
    }
    let isRising = try await work.run(over: pages.count, by: Self.runLength) { [pages] in
      try $0.read($1, of: pages)
    } take: { worker in
      try take(worker.output, into: &result, keep)
    }
    guard isRising else { return nil }
    try result.population.checkUniqueIDs()
    // Each is let go before the next is taken over: both together would double what is kept.
    work.finish { result.merge($0.shard) }
    return result
  }

  /// Takes over what a worker made of the next run; whether its rows rise by reference id.
  private func take(
    _ output: RowOutput, into result: inout Result, _ keep: (RowOutput) throws -> Void
  ) throws -> Bool {
    result.pages += output.pages
    if result.population.rows == 0 {
      let runs = (pages.count + Self.runLength - 1) / Self.runLength
      result.population.expect(output.identities.count * runs)
    }
    guard result.population.add(output.identities) else { return false }
    result.tree.append(leafHashes: output.leaves.map(\.hash))
    try keep(output)
    return true
  }
}
