import AuditEvidence
import AuditModel
import AuditReduce
import AuditRender

/// One worker's part of the row pass: it reads pages, normalises and reduces their rows and writes them out.
struct Shard: Sendable {
  private var normaliser: Normaliser
  private(set) var summary: AuditSummary
  private let writesCSV: Bool

  init(settings: RowPass.Settings) {
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
    writesCSV = settings.writesCSV
  }

  /// The rows of a page, normalised.
  mutating func read(_ body: [UInt8], page: String) throws(PageError) -> (InstanceBatch, PageFacts) {
    let rows = try PageReader.read(body, page: page)
    let facts = PageFacts(
      identities: rows.identities.map { PageFacts.Identity(referenceID: $0.referenceID, id: $0.id) },
      hasByteOrderMark: rows.hasByteOrderMark)
    return (normaliser.normalise(rows), facts)
  }

  /// Counts a batch without writing it.
  mutating func count(_ batch: InstanceBatch) {
    summary.add(batch)
  }

  /// The rows of a batch that lie in the window, as they stand in the files.
  func write(_ instances: [Instance], of batch: InstanceBatch, to output: inout RowOutput) {
    for instance in instances where !instance.quality.contains(.outOfWindow) {
      if writesCSV { InstancesCSV.append(instance, of: batch, to: &output.csv) }
      let start = output.ndjson.count
      InstancesNDJSON.append(instance, of: batch, to: &output.ndjson)
      output.leaves.append(
        MerkleTree.leaf(output.ndjson.span.extracting(start..<output.ndjson.count - 1)))
    }
  }
}
