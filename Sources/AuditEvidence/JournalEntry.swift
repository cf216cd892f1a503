import FoundationEssentials

/// A line of a journal, as far as somebody who takes up its pages needs it.
public struct JournalEntry: Decodable, Sendable, Equatable {
  /// The page's file within the pack.
  public var file: String
  /// What the page was asked for.
  public var purpose: String?
  /// What it begins after.
  public var after: Int64?
  /// SHA-256 of the body, lower-case hexadecimal.
  public var sha256: String
  /// Bytes of the file.
  public var storedBytes: Int
  /// SHA-256 of the file, lower-case hexadecimal.
  public var storedSha256: String
  /// The hash of the line before.
  var previous: String
}

extension Journal {
  /// Takes up a journal that somebody else wrote; what follows the last newline is a line that was never finished.
  ///
  /// - Parameter bytes: the content of journal.jsonl.
  /// - Returns: the journal, its entries, and how many bytes its whole lines have; `nil` when a line is no entry or the
  ///   chain is broken.
  public static func reading(
    _ bytes: [UInt8]
  ) -> (journal: Journal, entries: [JournalEntry], length: Int)? {
    var journal = Journal()
    var entries: [JournalEntry] = []
    let length = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    for line in bytes[..<length].split(separator: UInt8(ascii: "\n")) {
      do {
        let entry = try JSONDecoder().decode(JournalEntry.self, from: Data(line))
        guard entry.previous == journal.head.hexadecimal else { return nil }
        entries.append(entry)
        journal.append(line: Array(line))
      } catch {
        return nil
      }
    }
    return (journal, entries, length)
  }
}
