import AuditEvidence
import AuditFiles
import AuditModel

/// Holds the journal against itself and against the raw pages.
struct JournalCheck {
  let pack: PublishedPack
  /// The digests of the files that are there, by path.
  let found: [Name: Digest]
  /// Whether pages are parsed to count their rows.
  let countsRows: Bool

  /// What the journal is.
  struct Result {
    var entries: [JournalEntry] = []
    var discrepancies: [Discrepancy] = []
  }

  /// What is known of a page's file.
  private struct Page {
    /// The file's size, in bytes.
    var storedBytes: Int
    /// The body's size and digest.
    var bytes: Int
    var digest: String
    /// `nil` when they are not counted.
    var rows: Int?
  }

  /// Checks the chain of lines and every page that they name.
  func run() throws -> Result {
    let (journal, entries, discrepancies) = Journal.reading(try pack.read(Journal.path))
    var result = Result(entries: entries, discrepancies: discrepancies)
    if journal.head.hexadecimal != pack.manifest.journalHead {
      result.discrepancies.append(
        .journal(
          line: journal.lines,
          reason:
            "it ends with the hash \(journal.head), the manifest says \(pack.manifest.journalHead)."
        ))
    }
    let named = Set(entries.map { Name($0.file) })
    for page in pack.manifest.files.map(\.path).filter(Self.needsLine)
    where !named.contains(Name(page)) {
      result.discrepancies.append(.unevidenced(reason: "no line names the page \(page)."))
    }
    // Another version may have other inputs.
    if pack.manifest.toolVersion == ToolVersion.current {
      result.discrepancies += pack.manifest.files.map(\.path).filter(Self.isInvented).map {
        .malformed(path: $0, reason: "no run of this version writes such a file.")
      }
    }
    var known: [Name: Page] = [:]
    for entry in entries where entry.purpose != JournalEntry.definition {
      try Task.checkCancellation()
      let name = Name(entry.file)
      if known[name] == nil, let page = try page(entry.file, &result) { known[name] = page }
      guard let page = known[name] else {
        result.discrepancies.append(
          .journal(line: entry.line, reason: "its page is not there, or cannot be read."))
        continue
      }
      if let fault = fault(of: entry, page) {
        result.discrepancies.append(.journal(line: entry.line, reason: fault))
      }
    }
    let definitions = entries.filter { $0.purpose == JournalEntry.definition }
    result.discrepancies += try DefinitionLines(pack: pack, found: found, entries: definitions)
      .discrepancies()
    return result
  }

  /// Whether a file must be named by a line: a page, and what is kept of a definition.
  private static func needsLine(_ path: String) -> Bool {
    [PageFolder.inPack, DefinitionRecord.folder].contains { path.begins(with: "\($0)/") }
  }

  /// Whether a file claims to be evidence and is none that a run keeps.
  private static func isInvented(_ path: String) -> Bool {
    path.begins(with: "evidence/") && !needsLine(path)
      && path != Journal.path && !Reperformance.isInput(path)
  }

  private func page(_ path: String, _ result: inout Result) throws -> Page? {
    guard let stored = found[Name(path)] else { return nil }
    do {
      try pack.checkIsPage(path)
      let isCompressed = path.ends(with: ".gz")
      let body = isCompressed || countsRows ? try pack.page(path) : []
      let rows = countsRows ? try PageScan.rows(of: body, page: path).count : nil
      let size = pack.size(of: path) ?? 0
      // What is not compressed has been read and digested as a file.
      return isCompressed
        ? Page(
          storedBytes: size, bytes: body.count, digest: Digest.of(body).hexadecimal, rows: rows)
        : Page(storedBytes: size, bytes: size, digest: stored.hexadecimal, rows: rows)
    } catch let error as any AuditFailure where !error.isOfMachine {
      result.discrepancies.append(.malformed(path: path, reason: error.description))
      return nil
    }
  }

  private func fault(of entry: JournalEntry, _ page: Page) -> String? {
    if found[Name(entry.file)]?.hexadecimal != entry.storedSha256
      || entry.storedBytes != page.storedBytes
    {
      return "it names another file."
    }
    if entry.sha256 != page.digest || entry.bytes != page.bytes {
      return "the page's body has \(page.bytes) bytes of SHA-256 \(page.digest)."
    }
    return page.rows.flatMap { $0 == entry.rows ? nil : "the page holds \($0) rows." }
  }
}

/// Holds the journal's lines about definitions against what is kept of them.
///
/// The bodies are not kept: a line's digest can be held only against the one in the file that it names, and only where
/// the line is the last about that file.
struct DefinitionLines {
  let pack: PublishedPack
  /// The digests of the files that are there, by path.
  let found: [Name: Digest]
  let entries: [JournalEntry]

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
