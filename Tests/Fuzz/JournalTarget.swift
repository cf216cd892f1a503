import AuditEvidence

/// Journals: one without a discrepancy is written again to the same bytes.
enum JournalTarget {
  static func run(_ bytes: [UInt8]) throws {
    try check(bytes)
    try check(chained(bytes))
  }

  private static func check(_ bytes: [UInt8]) throws {
    let (journal, entries, discrepancies) = Journal.reading(bytes)
    for discrepancy in discrepancies {
      try BrokenPromise.unless(
        discrepancy.description.hasPrefix("evidence/journal.jsonl, line "), "\(discrepancy)")
    }
    guard discrepancies.isEmpty else { return }
    try BrokenPromise.unless(journal.lines == entries.count, "a line without an entry")
    var again = Journal()
    var written: [UInt8] = []
    for entry in entries { written += try again.append(entry) }
    try BrokenPromise.unless(
      written == bytes && again.head == journal.head, "it is written differently")
  }

  /// The journal with each line's hash of the line before put right, which no mutation finds.
  private static func chained(_ bytes: [UInt8]) -> [UInt8] {
    let key = Array("\"previous\":\"".utf8)
    var head = Digest.zero
    var result: [UInt8] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      var line = Array(line)
      if let found = line.firstRange(of: key), line.count >= found.upperBound + 64 {
        line.replaceSubrange(found.upperBound..<found.upperBound + 64, with: head.hexadecimal.utf8)
      }
      head = Digest.of(line)
      result += line + [UInt8(ascii: "\n")]
    }
    return result
  }
}
