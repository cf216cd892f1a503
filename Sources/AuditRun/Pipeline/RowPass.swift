import AuditEvidence
import AuditModel
import AuditReduce
import AuditRender

/// Reads the stored pages once, in order, and turns their rows into files and a summary.
///
/// It is the same pass whether the pages have just come from a server, lie in a folder, or are re-performed from
/// a pack. Pages are handed to the workers in runs; the output is put together by index, so that the bytes do
/// not depend on which worker was faster.
struct RowPass {
  /// What the pass depends on.
  struct Settings: Sendable {
    var normaliser: Normaliser.Settings
    var reduction: ReductionPlan
    var writesCSV: Bool
    /// How many pages are worked on at the same time.
    var workers: Int
  }

  /// What the pass found.
  struct Result {
    var summary: AuditSummary
    var population: Population
    var merkleRoot: Digest
    /// Rows written.
    var written: Int
    /// Reference ids that the pages hold in several versions.
    var volatile: [Int64] = []
    /// Pages that began with a byte order mark.
    var byteOrderMarks = 0
  }

  let pages: any StoredPages
  let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 4

  /// Runs the pass; `keep` gets the files' bytes in order. `nil` when the rows do not rise by reference id, so
  /// that what was kept is void and ``SortedRowPass`` has to do the work.
  func run(keep: (RowOutput) throws -> Void) async throws -> Result? {
    var shards: [Shard?] = (0..<settings.workers).map { _ in Shard(settings: settings) }
    var result = Result(
      summary: AuditSummary(plan: settings.reduction), population: Population(),
      merkleRoot: MerkleAccumulator().root, written: 0)
    var merkle = MerkleAccumulator()
    var next = 0
    while next < pages.count {
      let runs = runs(from: next)
      next = runs.last?.upperBound ?? pages.count
      for (output, facts) in try await work(runs, &shards) {
        for page in facts {
          result.population.add(page.identities)
          if page.hasByteOrderMark { result.byteOrderMarks += 1 }
        }
        guard result.population.isRising else { return nil }
        for leaf in output.leaves { merkle.append(leaf) }
        result.written += output.leaves.count
        try keep(output)
      }
    }
    for case let shard? in shards { result.summary.merge(shard.summary) }
    result.merkleRoot = merkle.root
    return result
  }

  private func runs(from first: Int) -> [Range<Int>] {
    (0..<settings.workers).compactMap { worker in
      let start = first + worker * Self.runLength
      return start < pages.count ? start..<min(start + Self.runLength, pages.count) : nil
    }
  }

  /// Works on the runs side by side and returns what they give, in their order.
  private func work(
    _ runs: [Range<Int>], _ shards: inout [Shard?]
  ) async throws -> [(RowOutput, [PageFacts])] {
    let pages = pages
    return try await withThrowingTaskGroup(of: (Int, Shard, RowOutput, [PageFacts]).self) { group in
      for (index, run) in runs.enumerated() {
        guard let shard = shards[index].take() else { continue }
        group.addTask {
          var shard = shard
          var output = RowOutput()
          var facts: [PageFacts] = []
          for page in run {
            let (batch, pageFacts) = try shard.read(pages.body(at: page), page: pages.name(at: page))
            shard.count(batch)
            shard.write(batch.instances, of: batch, to: &output)
            facts.append(pageFacts)
          }
          return (index, shard, output, facts)
        }
      }
      var outputs = [(RowOutput, [PageFacts])](repeating: (RowOutput(), []), count: runs.count)
      for try await (index, shard, output, facts) in group {
        shards[index] = shard
        outputs[index] = (output, facts)
      }
      return outputs
    }
  }
}
