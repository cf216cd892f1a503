import AuditModel

/// The rows of some pages, by reference id, to be held against those of another read.
struct RowVersions {
  /// A row's bytes and the content that holds them.
  struct Version: Equatable {
    var bytes: ArraySlice<UInt8>
    var content: Int

    static func == (left: Version, right: Version) -> Bool { left.bytes == right.bytes }
  }

  private(set) var rows: [Int64: Version] = [:]

  init(of pages: [ReadPage], in store: any PageStore) throws {
    for page in pages {
      let body = try store.body(of: page.content)
      for row in try PageScan.rows(of: body, page: "\(page.range)") {
        rows[row.referenceID] = Version(bytes: body[row.range], content: page.content)
      }
    }
  }

  /// The ids whose rows are not the same bytes in another read, rising.
  func differences(from other: RowVersions) -> [Int64] {
    Set(rows.keys).union(other.rows.keys).filter { rows[$0] != other.rows[$0] }.sorted()
  }
}
