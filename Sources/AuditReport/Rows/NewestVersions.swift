package import AuditEvidence
package import AuditModel

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
      self.page = page
      self.row = row
      self.content = content
    }

    fileprivate var order: (Int64, Instant, Int, Int) {
      (identity.referenceID, lastModified, page, row)
    }
  }

  /// One place for each row, by reference id.
  package private(set) var places: [Place] = []
  /// How many older versions there are.
  package private(set) var repetitions = 0
  /// Reference ids whose versions differ.
  package private(set) var volatile: [Int64] = []

  /// Finds the newest among the places of all versions.
  package init(of all: [Place]) throws(PopulationError) {
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
