import AuditEvidence
import AuditModel
import AuditReduce
import AuditRender

/// The row pass over pages whose rows do not rise by reference id, or repeat.
///
/// Saved pages may come in any order and overlap. One pass notes where each row lies; the rows are then taken in
/// the order of their ids, a portion at a time, so that memory holds one portion and not the whole. Of several
/// versions of a row the newest counts: by last modification, then by position.
struct SortedRowPass {
  let pages: any StoredPages
  let settings: RowPass.Settings

  /// How many rows are sorted in memory at a time.
  private static let portion = 100_000

  /// Where one version of a row lies.
  private struct Place {
    var referenceID: Int64
    var id: InstanceID
    var page: Int
    var row: Int
    var lastModified: Instant
    var content: Digest
  }

  /// Runs the pass; `keep` gets the files' bytes in order.
  func run(keep: (RowOutput) throws -> Void) throws -> RowPass.Result {
    var result = RowPass.Result(
      summary: AuditSummary(plan: settings.reduction), population: Population(),
      merkleRoot: MerkleAccumulator().root, written: 0)
    let places = try places(&result)
    let newest = try newest(of: places, &result)
    var shard = Shard(settings: settings)
    var merkle = MerkleAccumulator()
    for start in stride(from: 0, to: newest.count, by: Self.portion) {
      let output = try portion(newest[start..<min(start + Self.portion, newest.count)], &shard)
      for leaf in output.leaves { merkle.append(leaf) }
      result.written += output.leaves.count
      try keep(output)
    }
    result.summary.merge(shard.summary)
    result.merkleRoot = merkle.root
    return result
  }

  /// Where every version of every row lies, by reference id and age.
  private func places(_ result: inout RowPass.Result) throws -> [Place] {
    var places: [Place] = []
    var shard = Shard(settings: settings)
    for page in 0..<pages.count {
      let body = try pages.body(at: page)
      let rows = try PageReader.read(body, page: pages.name(at: page))
      let (batch, facts) = try shard.read(body, page: pages.name(at: page))
      if facts.hasByteOrderMark { result.byteOrderMarks += 1 }
      result.summary.add(
        InstanceBatch(text: [], instances: [], unknownFields: batch.unknownFields))
      for (row, (identity, instance)) in zip(rows.identities, batch.instances).enumerated() {
        places.append(
          Place(
            referenceID: identity.referenceID, id: identity.id, page: page, row: row,
            lastModified: instance.lastModified ?? Instant(milliseconds: .min),
            content: Digest(of: body.span.extracting(identity.range))))
      }
    }
    return places.sorted {
      ($0.referenceID, $0.lastModified, $0.page, $0.row) < (
        $1.referenceID, $1.lastModified, $1.page, $1.row
      )
    }
  }

  /// The newest version of each row, having noted repetitions and changes.
  private func newest(of places: [Place], _ result: inout RowPass.Result) throws -> [Place] {
    var newest: [Place] = []
    for place in places {
      guard let known = newest.last, known.referenceID == place.referenceID else {
        newest.append(place)
        continue
      }
      guard known.id == place.id else {
        throw PopulationError.sharedReferenceID(place.referenceID, first: known.id, second: place.id)
      }
      result.population.addRepetitions(1)
      if known.content != place.content, result.volatile.last != place.referenceID {
        result.volatile.append(place.referenceID)
      }
      newest[newest.count - 1] = place
    }
    result.population.add(
      newest.map { PageFacts.Identity(referenceID: $0.referenceID, id: $0.id) })
    return newest
  }

  /// Reads the pages that hold a portion of the rows, counts these rows and writes them in order.
  private func portion(_ places: ArraySlice<Place>, _ shard: inout Shard) throws -> RowOutput {
    var rows: [(referenceID: Int64, batch: InstanceBatch, instance: Instance)] = []
    for (page, wanted) in Dictionary(grouping: places, by: \.page).sorted(by: { $0.key < $1.key }) {
      var (batch, _) = try shard.read(pages.body(at: page), page: pages.name(at: page))
      batch.instances = wanted.map { batch.instances[$0.row] }
      batch.unknownFields = [:]
      shard.count(batch)
      rows += batch.instances.map { ($0.referenceID, batch, $0) }
    }
    var output = RowOutput()
    for row in rows.sorted(by: { $0.referenceID < $1.referenceID }) {
      shard.write([row.instance], of: row.batch, to: &output)
    }
    return output
  }
}
