package import AuditModel
private import FoundationEssentials

/// The journal: a line a page, each with the hash of the line before, so that every change shows in all lines after it.
package struct Journal: Sendable {
  /// Its path within a pack.
  package static let path = "evidence/journal.jsonl"

  /// How many lines there are.
  package private(set) var lines = 0
  /// The digest of the last line without its newline; zeros while there is none.
  package private(set) var head = Digest.zero

  /// Starts without lines.
  package init() {}

  /// Adds a page and returns its line, newline included.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package mutating func append(_ page: JournalEntry) throws -> [UInt8] {
    var entry = page
    (entry.line, entry.previous) = (lines + 1, head.hexadecimal)
    let line = try Self.line(entry)
    append(line: line)
    return line + [UInt8(ascii: "\n")]
  }

  private mutating func append(line: [UInt8]) {
    lines += 1
    head = Digest.of(line)
  }

  private static func line(_ entry: JournalEntry) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(entry))
  }
}

extension Journal {
  /// Reads a journal that somebody else wrote, whose last line ends with a newline.
  ///
  /// - Returns: the journal, its entries, and each line that is not an entry as kfaudit writes it, or does not follow the
  ///   line before. After 100 lines that are not entries it stops.
  package static func reading(
    _ bytes: some Collection<UInt8>
  ) -> (journal: Journal, entries: [JournalEntry], discrepancies: [Discrepancy]) {
    var journal = Journal()
    var entries: [JournalEntry] = []
    var discrepancies: [Discrepancy] = []
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true {
      lines.removeLast()
    } else {
      discrepancies.append(
        .journal(line: lines.count, reason: "it does not end with a newline."))
    }
    for slice in lines {
      guard journal.lines - entries.count < Checksums.mostStrays else { break }
      let line = Array(slice)
      let (entry, fault) = read(line, after: journal)
      if let entry { entries.append(entry) }
      if let fault { discrepancies.append(.journal(line: journal.lines + 1, reason: fault)) }
      journal.append(line: line)
    }
    return (journal, entries, discrepancies)
  }

  private static func read(_ line: [UInt8], after journal: Journal) -> (JournalEntry?, String?) {
    do {
      let entry = try JSONDocument.read(counted: JournalEntry.self, from: line)
      guard entry.previous == journal.head.hexadecimal else {
        return (entry, "it does not hold the hash of the line before, \(journal.head).")
      }
      guard entry.line == journal.lines + 1, try Self.line(entry) == line else {
        return (entry, "it is not written as kfaudit writes it.")
      }
      return (entry, nil)
    } catch {
      return (nil, "it is not an entry of the journal.")
    }
  }
}

/// A line of `evidence/journal.jsonl`.
package struct JournalEntry: Codable, Sendable, Equatable {
  /// The purpose of a line about a definition, whose body is not kept: its file has what is kept of it.
  package static let definition = "definition"

  /// The line's number, from 1.
  package var line = 0
  /// The page's file within the pack; of a definition, the file with what is kept of it.
  package var file: String
  /// `read 1`, `read 2`, … , `open` or `definition`; `null` for a saved page.
  @ExplicitNull package var purpose: String? = nil
  /// The reference id, or with offset paging the number of rows, that it begins after; `null` for a saved page.
  @ExplicitNull package var after: Int64? = nil
  /// Path and query as sent, or a saved page's name.
  package var request: String
  /// The status code; `null` for a saved page.
  @ExplicitNull package var status: Int?
  /// The headers that matter.
  package var headers: [RawPage.Header]
  /// Rows in the page.
  package var rows: Int
  /// Bytes of the body as received.
  package var bytes: Int
  /// SHA-256 of the body as received, lower-case hexadecimal.
  package var sha256: String
  /// Bytes of the file.
  package var storedBytes: Int
  /// SHA-256 of the file, lower-case hexadecimal.
  package var storedSha256: String
  /// SHA-256 of the line before, without its newline; 64 zeros in the first.
  package var previous = ""

  /// Takes the request from a page, and size and digest of its body from its reader; the journal adds line and hash.
  package init(of page: RawPage, rows: Int, body: (bytes: Int, digest: Digest), in file: FileRecord)
  {
    self.file = file.path
    request = page.request
    status = page.status
    headers = page.headers
    self.rows = rows
    bytes = body.bytes
    sha256 = body.digest.hexadecimal
    storedBytes = file.bytes
    storedSha256 = file.digest.hexadecimal
  }
}

extension JournalEntry: CountedDocument {
  /// Every size and count in it.
  package var boundedCounts: [(member: String, count: Int)] {
    [("line", line), ("rows", rows), ("bytes", bytes), ("storedBytes", storedBytes)]
  }
}
