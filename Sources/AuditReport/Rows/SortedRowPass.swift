package import AuditEvidence
import AuditFiles
package import AuditModel
import AuditReduce

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

  private typealias Place = NewestVersions.Place

  /// Runs the pass; `keep` gets the rows in order.
  func run(keep: (RowOutput) throws -> Void) throws -> RowPass.Result {
    var result = RowPass.Result(settings)
    let newest = try newest(of: places(&result), &result)
    var shard = Shard(settings: settings)
    for start in stride(from: 0, to: newest.count, by: Self.portion) {
      try Task.checkCancellation()
      let output = try portion(newest[start..<min(start + Self.portion, newest.count)], &shard)
      result.tree.append(leafHashes: output.leaves.map(\.hash))
      try keep(output)
    }
    result.merge(shard)
    return result
  }

  /// Where every version of every row lies.
  private func places(_ result: inout RowPass.Result) throws -> [Place] {
    var places: [Place] = []
    var shard = Shard(settings: settings)
    for page in 0..<pages.count {
      try Task.checkCancellation()
      let body = try pages.body(at: page)
      let rows = try PageReader.read(body, page: pages.name(at: page))
      let (batch, content) = shard.normalise(rows)
      result.pages.append(content)
      result.summary.add(
        shard.shown(InstanceBatch(text: [], instances: [], unknownFields: batch.unknownFields)))
      for (row, (identity, instance)) in zip(rows.identities, batch.instances).enumerated() {
        places.append(
          Place(
            instance, page: page, row: row,
            content: Digest.of(body.span.extracting(identity.range))))
      }
    }
    return places
  }

  /// The newest version of each row, having noted repetitions and changes.
  private func newest(of places: [Place], _ result: inout RowPass.Result) throws -> [Place] {
    let newest = try NewestVersions(of: places)
    result.population.addRepetitions(newest.repetitions)
    result.volatile = newest.volatile
    _ = result.population.add(newest.places.map(\.identity))
    try result.population.checkUniqueIDs()
    return newest.places
  }

  /// Reads the pages that hold a portion of the rows, counts these rows and writes them in order.
  private func portion(_ places: ArraySlice<Place>, _ shard: inout Shard) throws -> RowOutput {
    var rows: [(instance: Instance, batch: InstanceBatch)] = []
    for (page, wanted) in Dictionary(grouping: places, by: \.page).sorted(by: { $0.key < $1.key }) {
      var (batch, _) = shard.normalise(try pages.rows(at: page))
      batch.instances = wanted.map { batch.instances[$0.row] }
      batch.unknownFields = [:]
      shard.count(batch)
      rows += batch.instances.map { ($0, batch) }
    }
    var output = RowOutput()
    for row in rows.sorted(by: { $0.instance.referenceID < $1.instance.referenceID }) {
      shard.write(InstanceBatch(text: row.batch.text, instances: [row.instance]), to: &output)
    }
    return output
  }
}

/// Of several versions of a row the newest: by last modification, then by place.
package struct NewestVersions {
  /// Where one version of a row lies.
  package struct Place {
    let identity: Population.Identity
    let page: Int
    let row: Int
    let content: Digest
    private let lastModified: Instant

    /// A version of a row with the digest of its bytes, where somebody wants to know whether versions differ.
    package init(_ instance: Instance, page: Int, row: Int, content: Digest = .zero) {
      identity = Population.Identity(instance)
      lastModified = instance.lastModified ?? Instant(milliseconds: .min)
      (self.page, self.row, self.content) = (page, row, content)
    }

    fileprivate var order: (Int64, Instant, Int, Int) {
      (identity.referenceID, lastModified, page, row)
    }
  }

  /// One place for each row, by reference id.
  package private(set) var places: [Place] = []
  /// How many older versions there are.
  private(set) var repetitions = 0
  /// Reference ids whose versions differ.
  package private(set) var volatile: [Int64] = []

  /// Finds the newest among the places of all versions.
  package init(of all: [Place]) throws(ReductionError) {
    for place in all.sorted(by: { $0.order < $1.order }) {
      let referenceID = place.identity.referenceID
      guard let known = places.last, known.identity.referenceID == referenceID else {
        places.append(place)
        continue
      }
      guard known.identity.id == place.identity.id else {
        throw .sharedReferenceID(referenceID, first: known.identity.id, second: place.identity.id)
      }
      places[places.count - 1] = place
      repetitions += 1
      if known.content != place.content, volatile.last != referenceID {
        volatile.append(referenceID)
      }
    }
  }

  /// For each page the rows on it that are the newest versions, ascending.
  package func rows(onPages count: Int) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: count)
    for place in places { rows[place.page].append(place.row) }
    return rows.map { $0.sorted() }
  }
}
