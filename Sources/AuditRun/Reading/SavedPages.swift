import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport
import Synchronization

/// A folder of saved pages, each of which comes into the pack when it is read first.
final class SavedPages: PageSource {
  private let folder: PageFolder
  private let pack: PackBuilder
  private let keeping: PackBuilder.Keeping
  private let observer: RunObserver
  /// What is in the pack, by the index of the page; whoever reads a page first takes it, and nobody else reads it meanwhile.
  private let taken: Mutex<[Taken?]>

  /// A page in the pack: its file, and the size and digest of its body.
  private struct Taken: Sendable {
    var record: FileRecord
    var bytes: Int
    var digest: Digest
  }

  init(
    in folder: PageFolder, into pack: PackBuilder, _ keeping: PackBuilder.Keeping,
    observer: RunObserver
  ) {
    (self.folder, self.pack, self.keeping, self.observer) = (folder, pack, keeping, observer)
    taken = Mutex(Array(repeating: nil, count: folder.names.count))
  }

  func read(for reduction: Reduction) -> PagesRead {
    let acquisition = Acquisition(of: folder)
    for notice in acquisition.notices {
      observer.warning(Message(.readNotice, notice.code, notice.text))
    }
    return PagesRead(
      pages: self, asOf: reduction.plan.asOf.map(AsOf.option), acquisition: acquisition)
  }

  func finishJournal(of pages: [PageContent]) throws -> JournalFacts {
    let file = try pack.create(Journal.path, mediaType: "application/x-ndjson")
    var journal = Journal()
    for (index, content) in pages.enumerated() {
      guard let page = taken.withLock({ $0[index] }) else {
        preconditionFailure("page \(index) was not read, and the rows are reduced")
      }
      let source = RawPage(request: folder.names[index], status: nil, headers: [], body: [])
      try file.append(
        journal.append(
          JournalEntry(
            of: source, rows: content.rows, body: (page.bytes, page.digest), in: page.record)))
    }
    try file.finish()
    return JournalFacts(head: journal.head.hexadecimal)
  }

  func complete() {}

  func close() {}
}

extension SavedPages: StoredPages {
  var count: Int { folder.names.count }

  func name(at index: Int) -> String { folder.names[index] }

  func body(at index: Int) throws -> [UInt8] {
    let name = folder.names[index]
    let source = folder.path(of: name)
    let path = "\(PageFolder.inPack)/\(name)"
    if taken.withLock({ $0[index] != nil }) {
      return try PageFolder.body(at: source, stored: pack.read(path))
    }
    let isCompressed = name.ends(with: ".gz")
    let (record, stored) = try pack.keep(
      source, as: path, mediaType: isCompressed ? "application/gzip" : "application/json",
      keeping)
    let body = try PageFolder.body(at: source, stored: stored)
    let digest = isCompressed ? Digest.of(body) : record.digest
    taken.withLock { $0[index] = Taken(record: record, bytes: body.count, digest: digest) }
    return body
  }
}

/// Where a run's pages come from: a server, or a folder of saved ones.
protocol PageSource {
  /// Takes every page into the pack's evidence, at the latest as its rows are reduced; what is certain early may be reduced
  /// early.
  func read(for reduction: Reduction) async throws -> PagesRead

  /// Finishes the journal, once it is known what each page holds.
  func finishJournal(of pages: [PageContent]) throws -> JournalFacts

  /// Removes what was kept for the next run, as the pack is published.
  func complete() throws

  /// Leaves to the next run what it can resume, and nothing else.
  func close()
}

/// Pages that have been read, and how they were obtained.
struct PagesRead {
  /// The pages to reduce.
  var pages: any StoredPages
  /// Pages with open instances from before the window.
  var openPages: (any StoredPages)?
  /// The as-of instant; `nil` for the newest in the pages.
  var asOf: AsOf?
  /// How they were obtained.
  var acquisition: Acquisition
  /// What the server says of the definitions; `nil` where it was not asked.
  var design: ControlDesign?
  /// A pass over the pages that was made while they were still being confirmed.
  var early: SpeculativeReduction?
  /// Why the read ended before its end, when what it had read is to be kept all the same.
  var failure: (any AuditFailure)?
}
