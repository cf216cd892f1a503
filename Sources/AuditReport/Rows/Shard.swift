import AuditEvidence
import AuditFiles
import AuditModel
import AuditReduce
import AuditRender

/// One worker's part of the row pass: it reads pages, normalises and reduces their rows and writes them out.
package struct Shard: Sendable {
  private(set) var summary: AuditSummary
  /// The newest instant that does not lie in the future.
  private(set) var newest: Instant?
  /// Whose instances lie in the window.
  private(set) var initiators = Initiators()
  private var normaliser: Normaliser
  private let settings: RowPass.Settings
  /// Puts tokens in the place of names; `nil` when they are shown.
  private var pseudonyms: Pseudonyms?
  /// The line of an instance under its own names, as the earlier pack has it; kept for its storage.
  private var namedLine = InstancesNDJSON()

  init(settings: RowPass.Settings) {
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
    self.settings = settings
    pseudonyms = settings.pseudonyms
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
    let named = batch
    let batch = shown(named)
    summary.add(batch, named: named)
    let instances = batch.instances.span
    for index in instances.indices {
      if !instances[index].quality.contains(.outOfWindow), !initiators.areSeveral {
        initiators.add(instances[index].user)
      }
      if instances[index].quality.contains(.futureDate) { continue }
      if let start = instances[index].start { newest = max(newest ?? start, start) }
      if let last = instances[index].lastModified { newest = max(newest ?? last, last) }
    }
  }

  /// Writes the instances of a batch that lie in the window, and holds all of them against the earlier pack.
  mutating func write(_ batch: InstanceBatch, to output: inout RowOutput) {
    let shown = shown(batch)
    var rows: [Population.Identity] = []
    var parts: [Range<Int>] = []
    for index in batch.instances.indices {
      let isInWindow = !batch.instances.span[index].quality.contains(.outOfWindow)
      if isInWindow {
        rows.append(Population.Identity(shown.instances.span[index]))
        parts.append(write(index, of: shown, to: &output))
      }
      summary.observe(
        batch.instances.span[index].referenceID, batch.instances.span[index].status,
        start: isInWindow ? batch.instances.span[index].start : nil
      ) {
        // Its start was in the window when the earlier pack was made: that alone is a change.
        isInWindow
          ? Self.fingerprint(of: index, of: batch, in: &namedLine) : Fingerprint(of: [])
      }
    }
    let hashes =
      switch settings.leaf {
      case .received: MerkleTree.leafHashes(of: parts, in: shown.text.span)
      case .normalised: MerkleTree.leafHashes(of: parts, in: output.ndjson.bytes.span)
      }
    output.leaves += zip(rows, hashes).map(Leaf.init)
  }

  /// Writes an instance in the formats that were asked for.
  ///
  /// - Returns: Where its leaf is in what the leaves are made of.
  private func write(
    _ index: Int, of batch: borrowing InstanceBatch, to output: inout RowOutput
  ) -> Range<Int> {
    if settings.writesCSV { output.csv.append(index, of: batch) }
    if settings.writesSheet { output.sheet.append(InstanceSheet.row(index, of: batch)) }
    switch settings.leaf {
    case .received:
      if settings.writesNDJSON { output.ndjson.append(index, of: batch) }
      return batch.instances.span[index].received.range
    case .normalised: return output.ndjson.append(index, of: batch)
    }
  }

  /// Stands for what an instance says under the names that the earlier pack has.
  private static func fingerprint(
    of index: Int, of batch: borrowing InstanceBatch, in lines: inout InstancesNDJSON
  ) -> Fingerprint {
    lines.removeAll()
    let line = lines.append(index, of: batch)
    return RowLine.fingerprint(of: lines.bytes[line])
  }
}
