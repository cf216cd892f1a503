package import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditRender
import SafeXLSX

/// instances.csv, instances.ndjson and the workbook while they are written, as far as they were asked for.
struct RowFiles {
  private let csv: PackFile?
  private let ndjson: PackFile?
  /// The workbook, whose first sheet holds the rows.
  let workbook: Workbook?

  static let workbookPath = "report.xlsx"

  init(in files: any ReportFiles, _ plan: AuditPlan) throws {
    csv =
      plan.formats.contains(.csv)
      ? try files.create("instances.csv", mediaType: "text/csv") : nil
    ndjson =
      plan.formats.contains(.ndjson)
      ? try files.create("instances.ndjson", mediaType: "application/x-ndjson") : nil
    if plan.formats.contains(.xlsx) {
      let place = try files.reserve(Self.workbookPath)
      let workbook = try Workbook(path: place.location, temporaryFolder: place.folder)
      try workbook.beginSheet(InstanceSheet.name, head: InstanceSheet.head)
      self.workbook = workbook
    } else {
      workbook = nil
    }
    if plan.excel { try csv?.append(ByteOrderMark.utf8) }
    try csv?.append(InstancesCSV.header)
  }

  /// Takes the files out again.
  static func remove(from files: any ReportFiles, _ plan: AuditPlan) throws {
    if plan.formats.contains(.csv) { try files.remove("instances.csv") }
    if plan.formats.contains(.ndjson) { try files.remove("instances.ndjson") }
    if plan.formats.contains(.xlsx) { try files.remove(workbookPath) }
  }

  func append(_ output: RowOutput) throws {
    try csv?.append(output.csv.bytes)
    try ndjson?.append(output.ndjson.bytes)
    for row in output.sheet { try workbook?.append(row) }
  }

  func finish() throws {
    try csv?.finish()
    try ndjson?.finish()
  }
}

/// What `--excel` puts before CSV, without which Excel takes UTF-8 for something else.
enum ByteOrderMark {
  static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// What a worker makes of some pages: rows as the files have them, and what is known of the pages.
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
