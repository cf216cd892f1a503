package import AuditEvidence
import AuditFiles
import AuditModel
import AuditRender
import SafeXLSX

/// What a worker makes of some pages: rows as they stand in the files, and what is known of the pages.
package struct RowOutput: Sendable {
  var csv = InstancesCSV()
  var ndjson = InstancesNDJSON()
  /// Rows of the workbook.
  var sheet: [[SheetCell]] = []
  /// The leaves of the Merkle tree over the rows.
  var leaves: [Leaf] = []
  /// Every row of the pages, those outside the window included.
  var identities: [Population.Identity] = []
  /// The pages.
  var pages: [PageContent] = []

  /// Forgets everything but the storage.
  mutating func removeAll() {
    csv.removeAll()
    ndjson.removeAll()
    sheet.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
    pages.removeAll(keepingCapacity: true)
  }
}

/// A leaf of the Merkle tree over the rows.
package struct Leaf: Sendable {
  /// Whose it is.
  package let row: Population.Identity
  /// Its hash.
  package let hash: Digest
}

/// What a page holds, as far as the journal and the report depend on it.
package struct PageContent: Sendable {
  /// How many rows, those outside the window included.
  package var rows: Int
  /// Whether the page began with a byte order mark.
  package var hasByteOrderMark: Bool
}
