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
  private var normaliser: Normaliser
  private let writesCSV: Bool
  private let writesSheet: Bool
  /// Whether rows that the page shows are still to come.
  var wantsExcerpt = false

  init(settings: RowPass.Settings) {
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
    writesCSV = settings.writesCSV
    writesSheet = settings.writesSheet
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
    for instance in batch.instances where !instance.quality.contains(.outOfWindow) {
      initiators.add(instance.user)
    }
    for instance in batch.instances where !instance.quality.contains(.futureDate) {
      if let start = instance.start { newest = max(newest ?? start, start) }
      if let last = instance.lastModified { newest = max(newest ?? last, last) }
    }
  }

  /// Writes the instances of a batch that lie in the window, and holds all of them against the earlier pack.
  mutating func write(
    _ instances: [Instance], of batch: InstanceBatch, to output: inout RowOutput
  ) {
    for instance in instances {
      if instance.quality.contains(.outOfWindow) {
        // Its start was in the window when the earlier pack was made: that alone is a change.
        summary.observe(instance.referenceID, instance.status) { Fingerprint(of: []) }
        continue
      }
      if writesCSV { InstancesCSV.append(instance, of: batch, to: &output.csv) }
      if wantsExcerpt, output.excerpt.count < RowPass.Result.excerptLength {
        output.excerpt.append(InstanceExcerpt(instance, of: batch))
      }
      if writesSheet { output.sheet.append(InstanceSheet.row(instance, of: batch)) }
      let start = output.ndjson.count
      InstancesNDJSON.append(instance, of: batch, to: &output.ndjson)
      let leaf = MerkleTree.leafHash(
        of: output.ndjson.span.extracting(start..<output.ndjson.count - 1))
      output.leaves.append(leaf)
      summary.observe(instance.referenceID, instance.status) {
        RowLine.fingerprint(of: output.ndjson[start..<output.ndjson.count - 1])
      }
    }
  }
}
