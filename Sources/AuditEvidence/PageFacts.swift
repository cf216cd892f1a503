public import AuditModel

/// What the journal says of one page.
public struct PageFacts: Sendable, Equatable {
  /// Where the page lies in the pack, `evidence/pages/…`.
  public var file: String
  /// What the page was asked for, `read 1`, `read 2`, … or `open`; `nil` for a saved page.
  public var purpose: String?
  /// The reference id that it was asked to begin after, or with offset paging how many rows were skipped; `nil` for a
  /// saved page.
  public var after: Int64?
  /// Path and query exactly as sent, or the file's name for a saved page.
  public var request: String
  /// The status code; `nil` for a saved page.
  public var status: Int?
  /// The headers that matter.
  public var headers: [RawPage.Header]
  /// How many rows the page holds.
  public var rows: Int
  /// The size of the body as received, in bytes.
  public var bytes: Int
  /// The digest of the body as received.
  public var digest: Digest
  /// The size of the file, which may be compressed, in bytes.
  public var storedBytes: Int
  /// The digest of the file.
  public var storedDigest: Digest

  /// Takes the request from a page, and the size and digest of its body from whoever read it.
  public init(of page: RawPage, rows: Int, body: (bytes: Int, digest: Digest), in file: FileRecord)
  {
    self.file = file.path
    request = page.request
    status = page.status
    headers = page.headers
    self.rows = rows
    bytes = body.bytes
    digest = body.digest
    storedBytes = file.bytes
    storedDigest = file.digest
  }
}
