import AuditEvidence
import AuditFiles
import AuditModel

/// Holds the journal's lines about definitions against what is kept of them.
///
/// The bodies are not kept: a line's digest can be held only against the one in the file that it names, and only where
/// the line is the last about that file.
struct DefinitionLines {
  let pack: PublishedPack
  /// The digests of the files that are there, by path.
  let found: [Name: Digest]
  private var entries: [JournalEntry] = []

  init(pack: PublishedPack, found: [Name: Digest]) {
    self.pack = pack
    self.found = found
  }

  /// Takes a line.
  mutating func add(_ entry: JournalEntry) {
    entries.append(entry)
  }

  /// What does not fit.
  func discrepancies() throws -> [Discrepancy] {
    let last = Dictionary(entries.map { (Name($0.file), $0.line) }) { $1 }
    var discrepancies: [Discrepancy] = []
    for entry in entries {
      try Task.checkCancellation()
      let isLast = last[Name(entry.file)] == entry.line
      if let fault = try fault(of: entry, isLast: isLast) {
        discrepancies.append(.journal(line: entry.line, reason: fault))
      }
    }
    return discrepancies
  }

  private func fault(of entry: JournalEntry, isLast: Bool) throws -> String? {
    guard entry.file.begins(with: "\(DefinitionRecord.folder)/"), entry.rows == 0,
      let digest = found[Name(entry.file)], pack.lists(entry.file)
    else { return "what is kept of its definition is not there." }
    if digest.hexadecimal != entry.storedSha256 || pack.size(of: entry.file) != entry.storedBytes {
      return "it names another file."
    }
    guard isLast else { return nil }
    do {
      let body = try pack.definition(entry.file).body
      return body == .init(bytes: entry.bytes, sha256: entry.sha256)
        ? nil : "the file names another body."
    } catch let error as any AuditFailure where !error.isOfMachine {
      return "what is kept of its definition cannot be read."
    }
  }
}
