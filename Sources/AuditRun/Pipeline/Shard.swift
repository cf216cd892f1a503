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
  /// Puts tokens in the place of names; `nil` when they are shown.
  private var pseudonyms: Pseudonyms?
  /// Whether rows that the page shows are still to come.
  var wantsExcerpt = false

  init(settings: RowPass.Settings) {
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
    writesCSV = settings.writesCSV
    writesSheet = settings.writesSheet
    pseudonyms = settings.pseudonyms
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

  /// A batch as it is shown.
  mutating func shown(_ batch: InstanceBatch) -> InstanceBatch {
    pseudonyms?.replacing(batch) ?? batch
  }

  /// Counts a batch.
  mutating func count(_ batch: InstanceBatch) {
    let batch = shown(batch)
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
    let shown = shown(InstanceBatch(text: batch.text, instances: instances))
    for (instance, original) in zip(shown.instances, instances) {
      if instance.quality.contains(.outOfWindow) {
        // Its start was in the window when the earlier pack was made: that alone is a change.
        summary.observe(instance.referenceID, instance.status, start: nil) { Fingerprint(of: []) }
        continue
      }
      if writesCSV { InstancesCSV.append(instance, of: shown, to: &output.csv) }
      if wantsExcerpt, output.excerpt.count < RowPass.Result.excerptLength {
        output.excerpt.append(InstanceExcerpt(instance, of: shown))
      }
      if writesSheet { output.sheet.append(InstanceSheet.row(instance, of: shown)) }
      let start = output.ndjson.count
      InstancesNDJSON.append(instance, of: shown, to: &output.ndjson)
      let line = start..<output.ndjson.count - 1
      output.leaves.append(MerkleTree.leafHash(of: output.ndjson.span.extracting(line)))
      summary.observe(instance.referenceID, instance.status, start: instance.start) {
        pseudonyms == nil
          ? RowLine.fingerprint(of: output.ndjson[line]) : Self.fingerprint(of: original, of: batch)
      }
    }
  }

  /// Stands for what an instance says under the names that the earlier pack has.
  private static func fingerprint(of instance: Instance, of batch: InstanceBatch) -> Fingerprint {
    var line: [UInt8] = []
    InstancesNDJSON.append(instance, of: batch, to: &line)
    return RowLine.fingerprint(of: line.dropLast())
  }
}
