import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport
import Synchronization

/// The pages of a folder, taken into the pack as they are when they are first read.
final class SavedPages: StoredPages {
  private let folder: PageFolder
  private let pack: PackBuilder
  private let keeping: PackBuilder.Keeping
  private let kept: Mutex<[Int: Page]> = Mutex([:])

  /// A page in the pack: its file, and the size and digest of its body.
  private struct Page {
    var record: FileRecord
    var bytes: Int
    var digest: Digest
  }

  init(in folder: PageFolder, into pack: PackBuilder, _ keeping: PackBuilder.Keeping) {
    self.folder = folder
    self.pack = pack
    self.keeping = keeping
  }

  var count: Int { folder.names.count }

  func name(at index: Int) -> String { folder.names[index] }

  func body(at index: Int) throws -> [UInt8] {
    let name = folder.names[index]
    guard kept.withLock({ $0[index] }) == nil else {
      return try folder.body(of: name, stored: pack.read(path(of: name)))
    }
    let isCompressed = name.ends(with: ".gz")
    let (record, bytes) = try pack.keep(
      folder.path(of: name), as: path(of: name),
      mediaType: isCompressed ? "application/gzip" : "application/json", keeping)
    let body = try folder.body(of: name, stored: bytes)
    let page = Page(
      record: record, bytes: body.count, digest: isCompressed ? Digest.of(body) : record.digest)
    kept.withLock { $0[index] = page }
    return body
  }

  /// Writes the journal of pages that have been read.
  func writeJournal(of contents: [PageContent]) throws -> Digest {
    let file = try pack.create(Journal.path, mediaType: "application/x-ndjson")
    var journal = Journal()
    for (index, content) in contents.enumerated() {
      guard let page = kept.withLock({ $0[index] }) else { continue }
      let source = RawPage(request: folder.names[index], status: nil, headers: [], body: [])
      try file.append(
        journal.append(
          PageFacts(
            of: source, rows: content.rows, body: (page.bytes, page.digest), in: page.record)))
    }
    try file.finish()
    return journal.head
  }

  private func path(of name: String) -> String { "\(PageFolder.inPack)/\(name)" }
}
