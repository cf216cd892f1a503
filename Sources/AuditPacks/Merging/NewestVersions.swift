import AuditFiles
import AuditModel
import AuditReport

/// Which rows of some pages count where they repeat: of several versions the newest, by last modification, then by place.
struct NewestVersions {
  /// For each page the places of its rows that count, ascending.
  let rows: [[Int]]

  private struct Place {
    var identity: Population.Identity
    var lastModified: Instant
    var page: Int
    var row: Int

    var order: (Int64, Instant, Int, Int) { (identity.referenceID, lastModified, page, row) }
  }

  init(of pages: any StoredPages, _ settings: Normaliser.Settings) throws {
    var normaliser = Normaliser(settings: settings)
    var places: [Place] = []
    for page in 0..<pages.count {
      try Task.checkCancellation()
      let batch = normaliser.normalise(
        try PageReader.read(pages.body(at: page), page: pages.name(at: page)))
      for row in batch.instances.indices {
        places.append(
          Place(
            identity: Population.Identity(batch.instances.span[row]),
            lastModified: batch.instances.span[row].lastModified
              ?? Instant(milliseconds: .min),
            page: page, row: row))
      }
    }
    places.sort { $0.order < $1.order }
    var rows = [[Int]](repeating: [], count: pages.count)
    for (place, next) in zip(places, places.dropFirst().map(Optional.some) + [nil]) {
      guard let next, next.identity.referenceID == place.identity.referenceID else {
        rows[place.page].append(place.row)
        continue
      }
      guard next.identity.id == place.identity.id else {
        throw PopulationError.sharedReferenceID(
          place.identity.referenceID, first: place.identity.id, second: next.identity.id)
      }
    }
    self.rows = rows.map { $0.sorted() }
  }
}
