import AuditEvidence
import AuditModel
import AuditReduce
import AuditRender

/// One worker's part of the row pass: it reads pages, normalises and reduces their rows and writes them out.
struct Shard: Sendable {
  private(set) var summary: AuditSummary
  /// The newest instant that does not lie in the future.
  private(set) var newest: Instant?
  /// Whose instances lie in the window.
  private(set) var initiators = Initiators()
  /// Open instances that started before the window.
  private(set) var openBefore = 0
  private var normaliser: Normaliser
  private let windowStart: Instant?
  private let writesCSV: Bool

  init(settings: RowPass.Settings) {
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
    windowStart = settings.normaliser.window?.from
    writesCSV = settings.writesCSV
  }

  /// A page's rows, normalised, and what the page holds.
  mutating func read(_ body: [UInt8], page: String) throws(PageError) -> (
    InstanceBatch, PageContent
  ) {
    normalise(try PageReader.read(body, page: page))
  }

  /// The rows of a page that has been read, normalised, and what the page holds.
  mutating func normalise(_ rows: PageRows) -> (InstanceBatch, PageContent) {
    let batch = normaliser.normalise(rows)
    let content = PageContent(
      rows: batch.instances.count, hasByteOrderMark: rows.hasByteOrderMark)
    return (batch, content)
  }

  /// Counts a batch.
  mutating func count(_ batch: InstanceBatch) {
    summary.add(batch)
    countOpen(batch)
    for instance in batch.instances where !instance.quality.contains(.outOfWindow) {
      initiators.add(instance.user)
    }
    for instance in batch.instances where !instance.quality.contains(.futureDate) {
      if let start = instance.start { newest = max(newest ?? start, start) }
      if let last = instance.lastModified { newest = max(newest ?? last, last) }
    }
  }

  /// Counts what was open before the window, which belongs to the backlog and not to the cohort.
  mutating func countOpen(_ batch: InstanceBatch) {
    guard let windowStart else { return }
    openBefore += batch.instances.count { instance in
      instance.status.isOpen && (instance.start.map { $0 < windowStart } ?? false)
    }
  }

  /// Writes the instances of a batch that lie in the window.
  func write(_ instances: [Instance], of batch: InstanceBatch, to output: inout RowOutput) {
    for instance in instances where !instance.quality.contains(.outOfWindow) {
      if writesCSV { InstancesCSV.append(instance, of: batch, to: &output.csv) }
      let start = output.ndjson.count
      InstancesNDJSON.append(instance, of: batch, to: &output.ndjson)
      let leaf = MerkleTree.leafHash(
        of: output.ndjson.span.extracting(start..<output.ndjson.count - 1))
      output.leaves.append(leaf)
    }
  }
}
