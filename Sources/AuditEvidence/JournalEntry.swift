public import AuditModel

/// A line of `evidence/journal.jsonl`.
public struct JournalEntry: Codable, Sendable, Equatable {
  /// A response header.
  public struct Header: Codable, Sendable, Equatable {
    /// Its name, lower case.
    public var name: String
    /// Its value as received.
    public var value: String
  }

  /// The line's number, from 1.
  public var line: Int
  /// The page's file within the pack.
  public var file: String
  /// `read 1`, `read 2`, … or `open`; `null` for a saved page.
  @WrittenNull public var purpose: String?
  /// The reference id, or with offset paging the number of rows, that it begins after; `null` for a saved page.
  @WrittenNull public var after: Int64?
  /// Path and query as sent, or a saved page's name.
  public var request: String
  /// The status code; `null` for a saved page.
  @WrittenNull public var status: Int?
  /// The headers that matter.
  public var headers: [Header]
  /// Rows in the page.
  public var rows: Int
  /// Bytes of the body as received.
  public var bytes: Int
  /// SHA-256 of the body as received, lower-case hexadecimal.
  public var sha256: String
  /// Bytes of the file.
  public var storedBytes: Int
  /// SHA-256 of the file, lower-case hexadecimal.
  public var storedSha256: String
  /// SHA-256 of the line before, without its newline; 64 zeros in the first.
  public var previous: String

  init(of page: PageFacts, line: Int, previous: Digest) {
    self.line = line
    file = page.file
    purpose = page.purpose
    after = page.after
    request = page.request
    status = page.status
    headers = page.headers.map { Header(name: $0.name, value: $0.value) }
    rows = page.rows
    bytes = page.bytes
    sha256 = page.digest.hexadecimal
    storedBytes = page.storedBytes
    storedSha256 = page.storedDigest.hexadecimal
    self.previous = previous.hexadecimal
  }
}

extension JournalEntry: CountedDocument {
  /// Every size and count in it.
  public var boundedCounts: [(member: String, count: Int)] {
    [("line", line), ("rows", rows), ("bytes", bytes), ("storedBytes", storedBytes)]
  }
}
