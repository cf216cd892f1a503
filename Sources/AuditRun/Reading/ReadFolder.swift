import AuditEvidence
import AuditFetch
import AuditFiles
import AuditModel
import AuditReport
import SafeGzip
import Synchronization

/// The pages of a read, kept in the archive page by page until they become part of a pack: a run that was killed leaves
/// them to the next one.
final class ReadFolder: PageStore {
  /// Its name within an archive.
  static let name = ".kfaudit-read"
  /// The most that a page may hold, in bytes: the cap of a response's body.
  private static let largestPage = 32 << 20
  private static let journalName = "journal.jsonl"

  /// A page's file: its content is known by its number.
  private struct Content {
    /// The name of the file.
    var name: String
    /// The file as the pack will list it.
    var record: FileRecord
    /// Which file it is, so that no other one comes into the pack under its name.
    var identity: FileSystem.Status.Identity
  }

  private struct State {
    var journal: Journal
    var facts = JournalFacts()
    var contents: [Content] = []
    /// By the digest of a body, the number of its content.
    var numbers: [Digest: Int] = [:]
    /// The pages of the first read, in the order in which they came.
    var firstRead: [ResumedPage] = []
    /// The files with what is kept of definitions, in the order in which they came.
    var definitions: [Content] = []
    /// The journal's lines that are not in its file yet.
    var waiting: [UInt8] = []

    /// Adds a page to the journal.
    mutating func append(_ page: JournalEntry) throws {
      waiting += try journal.append(page)
      for header in page.headers { facts.note(header.name, header.value) }
    }

    /// Takes over a line of an interrupted run's journal, whose page is this file.
    mutating func take(_ entry: JournalEntry, _ identity: FileSystem.Status.Identity) {
      for header in entry.headers { facts.note(header.name, header.value) }
      guard let digest = Digest(hexadecimal: entry.sha256),
        let stored = Digest(hexadecimal: entry.storedSha256)
      else { return }
      let number = numbers[digest] ?? contents.count
      if number == contents.count {
        contents.append(
          .init(
            name: ReadFolder.fileName(of: entry),
            record: FileRecord(
              path: entry.file, bytes: entry.storedBytes, digest: stored,
              mediaType: "application/gzip"), identity: identity))
        numbers[digest] = number
      }
      if entry.purpose == FetchedPage.Purpose.read(1).name, entry.rows > 0, let after = entry.after
      {
        firstRead.append(ResumedPage(after: after, content: number))
      }
    }
  }

  let resumed: [ResumedPage]
  private let folder: String
  private let state: Mutex<State>
  private let journalFile: Mutex<JournalFile>

  private struct JournalFile: ~Copyable {
    let file: OpenFile
    /// How many lines are on the disk, or why there will be no more.
    var lines: Result<Int, ArchiveError>
  }

  /// What an interrupted run left.
  struct Found {
    var journal: Journal
    var entries: [(line: JournalEntry, page: FileSystem.Status.Identity)]
    /// The length of the journal's whole lines, in bytes.
    var length: Int
  }

  /// Takes up the pages of a folder's journal.
  init(at folder: String, taking found: Found?) throws(ArchiveError) {
    var state = State(journal: found?.journal ?? Journal())
    for entry in found?.entries ?? [] { state.take(entry.line, entry.page) }
    resumed = state.firstRead.sorted { $0.after < $1.after }
    self.folder = folder
    let path = "\(folder)/\(Self.journalName)"
    journalFile = Mutex(
      JournalFile(
        file: try OpenFile.adding(to: path, keeping: found?.length ?? 0),
        lines: .success(state.journal.lines)))
    self.state = Mutex(state)
  }

  /// Reads a folder's journal and checks its chain and every page that it names; `nil` when they do not agree.
  ///
  /// - Throws: ``ArchiveError/strangeFile(path:reason:)`` for a file that others may have put there.
  static func journal(in folder: String) throws(ArchiveError) -> Found? {
    let bytes = try StoredFile.readOwn("\(folder)/\(journalName)").bytes
    // What follows the last newline is a line that was never finished.
    var length = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    var found = Journal.reading(bytes[..<length])
    guard found.discrepancies.isEmpty else { return nil }
    // Definitions come after all pages, and are asked for anew.
    if let first = found.entries.firstIndex(where: { $0.purpose == JournalEntry.definition }) {
      length = bytes[..<length].split(separator: UInt8(ascii: "\n")).prefix(first)
        .reduce(0) { $0 + $1.count + 1 }
      found = Journal.reading(bytes[..<length])
    }
    var entries: [(line: JournalEntry, page: FileSystem.Status.Identity)] = []
    for entry in found.entries {
      let (bytes, identity) = try StoredFile.readOwn("\(folder)/\(fileName(of: entry))")
      guard Digest.of(bytes).hexadecimal == entry.storedSha256 else { return nil }
      entries.append((entry, identity))
    }
    return Found(journal: found.journal, entries: entries, length: length)
  }

  /// What a report says of the journal so far.
  var journalFacts: JournalFacts {
    state.withLock { state in
      var facts = state.facts
      facts.head = state.journal.head.hexadecimal
      return facts
    }
  }

  /// The contents of the first read so far, in the order of their rows.
  var firstRead: [Int] {
    state.withLock { $0.firstRead.sorted { $0.after < $1.after }.map(\.content) }
  }

  /// Whether a page was kept.
  var isEmpty: Bool { state.withLock { $0.contents.isEmpty } }

  func keep(_ page: FetchedPage) throws -> Int {
    let digest = Digest.of(page.page.body)
    let known = state.withLock { $0.numbers[digest] }
    let written = known == nil ? try write(page) : nil
    let (number, line) = try state.withLock { state in
      let number = state.numbers[digest] ?? state.contents.count
      if number == state.contents.count, let written {
        state.contents.append(written)
        state.numbers[digest] = number
      }
      // The page is on the disk before the line that names it.
      var facts = JournalEntry(
        of: page.page, rows: page.rows, body: (page.page.body.count, digest),
        in: state.contents[number].record)
      facts.purpose = page.purpose.name
      facts.after = page.after
      try state.append(facts)
      return (number, state.journal.lines)
    }
    try synchroniseJournal(through: line)
    if page.purpose == .read(1), page.rows > 0 {
      state.withLock { $0.firstRead.append(ResumedPage(after: page.after, content: number)) }
    }
    return number
  }

  func keep(_ definition: FetchedDefinition) throws {
    let digests = definition.answers.map { Digest.of($0.body) }
    guard let last = definition.answers.last, let digest = digests.last else { return }
    let record = DefinitionRecord(
      id: Name(definition.question.id.description), version: definition.question.version,
      apiVersion: definition.apiVersion,
      body: .init(bytes: last.body.count, sha256: digest.hexadecimal), outcome: definition.outcome)
    // An interrupted run may have left one.
    try FileSystem.remove("\(folder)/\(record.fileName)")
    let content = try write(
      JSONFile.bytes(record), named: record.fileName, in: DefinitionRecord.folder,
      mediaType: "application/json")
    let line = try state.withLock { state in
      state.definitions.append(content)
      for (answer, digest) in zip(definition.answers, digests) {
        var facts = JournalEntry(
          of: answer, rows: 0, body: (answer.body.count, digest), in: content.record)
        facts.purpose = JournalEntry.definition
        try state.append(facts)
      }
      return state.journal.lines
    }
    try synchroniseJournal(through: line)
  }

  /// What is kept of the definitions, as it was written.
  func definitions() throws -> [DefinitionRecord] {
    try state.withLock { $0.definitions }.map { content in
      let bytes = try StoredFile.read("\(folder)/\(content.name)")
      do throws(DefinitionError) {
        return try DefinitionRecord(reading: bytes)
      } catch {
        throw PackError.unreadable(path: content.record.path, reason: "\(error.reason).")
      }
    }
  }

  /// Waits until a line of the journal is on the disk, and brings all there that wait: most pages find that another has
  /// done so for theirs.
  private func synchroniseJournal(through line: Int) throws(ArchiveError) {
    try journalFile.withLock { journal throws(ArchiveError) in
      guard try journal.lines.get() < line else { return }
      let (bytes, lines) = state.withLock { state in
        defer { state.waiting = [] }
        return (state.waiting, state.journal.lines)
      }
      do throws(ArchiveError) {
        try journal.file.write(bytes.span)
        try journal.file.synchronise()
        journal.lines = .success(lines)
      } catch {
        journal.lines = .failure(error)
        throw error
      }
    }
  }

  func body(of content: Int) throws -> [UInt8] {
    let name = state.withLock { $0.contents[content].name }
    var decompressor = try GzipDecompressor()
    return try decompressor.decompress(
      StoredFile.read("\(folder)/\(name)"), limit: Self.largestPage)
  }

  /// Pages as they can be read again, in an order of one's own.
  func pages(_ contents: [Int]) -> any StoredPages {
    KeptPages(
      store: self, contents: contents,
      names: state.withLock { state in contents.map { state.contents[$0].record.path } })
  }

  /// Enters all pages and the journal into a pack; here they stay until it is published.
  ///
  /// Pages get a second name, or a copy where the read is to be resumed: a page with several names is not taken up.
  func enter(into pack: PackBuilder, isResumed: Bool = false) throws(ArchiveError) {
    for content in state.withLock({ $0.contents + $0.definitions }) {
      try pack.adopt(
        "\(folder)/\(content.name)", content.identity, content.record, copying: isResumed)
    }
    let journal = try StoredFile.read("\(folder)/\(Self.journalName)")
    try pack.write(journal, to: Journal.path, mediaType: "application/x-ndjson")
  }

  /// Removes everything.
  func remove() throws(ArchiveError) { try FileSystem.remove(folder) }

  private func write(_ page: FetchedPage) throws -> Content {
    var compressor = try GzipCompressor()
    return try write(
      compressor.compress(page.page.body), named: freeName(of: page), in: PageFolder.inPack,
      mediaType: "application/gzip")
  }

  /// Writes a file that comes into a folder of the pack, and waits until it is on the disk.
  private func write(
    _ bytes: [UInt8], named name: String, in part: String, mediaType: String
  ) throws(ArchiveError) -> Content {
    let file = try OpenFile.creating("\(folder)/\(name)")
    try file.write(bytes.span)
    try file.synchronise()
    return Content(
      name: name,
      record: FileRecord(
        path: "\(part)/\(name)", bytes: bytes.count, digest: Digest.of(bytes),
        mediaType: mediaType), identity: try file.status(else: ArchiveError.cannotCreate).identity)
  }

  /// The first of a page's names that is free.
  private func freeName(of page: FetchedPage) throws(ArchiveError) -> String {
    for number in 1... {
      let name = Self.fileName(of: page, number: number)
      if try !FileSystem.exists("\(folder)/\(name)") { return name }
    }
    throw .unusableName(folder)
  }

  /// `1-0000000000000000123.json.gz`: names sort as the pages follow each other.
  private static func fileName(of page: FetchedPage, number: Int) -> String {
    let digits = String(page.after)
    let padding = String(repeating: "0", count: max(0, 19 - digits.utf8.count))
    let read = if case .read(let read) = page.purpose { String(read) } else { "open" }
    return "\(read)-\(padding)\(digits)\(number == 1 ? "" : "-\(number)").json.gz"
  }

  fileprivate static func fileName(of entry: JournalEntry) -> String {
    entry.file.parts(at: "/").last ?? ""
  }
}

extension FetchedPage.Purpose {
  /// The purpose as the journal has it.
  fileprivate var name: String {
    switch self {
    case .read(let number): "read \(number)"
    case .open: "open"
    }
  }
}

/// Some of a folder's pages.
private struct KeptPages: StoredPages {
  let store: ReadFolder
  let contents: [Int]
  let names: [String]

  var count: Int { contents.count }

  func name(at index: Int) -> String { names[index] }

  func body(at index: Int) throws -> [UInt8] { try store.body(of: contents[index]) }
}
