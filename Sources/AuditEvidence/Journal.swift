private import AuditModel
private import FoundationEssentials

/// The journal: one line a page, each with the hash of the line before, so that no page can be taken out, put in
/// or moved without changing every line after it.
public struct Journal: Sendable {
  /// Its path within a pack.
  public static let path = "evidence/journal.jsonl"

  /// How many lines there are.
  public private(set) var lines = 0
  /// The digest of the last line without its newline; zeros while there is none.
  public private(set) var head = Digest.zero

  /// Starts without lines.
  public init() {}

  /// Adds a page and returns its line, newline included.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  public mutating func append(_ page: PageFacts) throws -> [UInt8] {
    let line = try Self.line(JournalEntry(of: page, line: lines + 1, previous: head))
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
  /// - Returns: the journal, its entries, and each line that is no entry as kfaudit writes it, or does not follow the
  ///   line before. After 100 lines that are no entries it reads no further.
  public static func reading(
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
      return (nil, "it is no entry.")
    }
  }
}
