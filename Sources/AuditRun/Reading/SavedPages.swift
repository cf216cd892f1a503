import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// A folder of saved pages, all of which are taken into the pack before any is reduced.
final class SavedPages: PageSource {
  private let folder: PageFolder
  private let keeping: PackBuilder.Keeping
  private let pack: PackBuilder
  private let observer: RunObserver
  private var taken: [Taken] = []

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
  }

  func read(for reduction: Reduction) async throws -> PagesRead {
    let acquisition = Acquisition(of: folder)
    for notice in acquisition.notices {
      observer.warning(Message(.readNotice, notice.code, notice.text))
    }
    taken = try await take(workers: reduction.workers)
    return PagesRead(
      pages: Stored(folder: folder, pack: pack),
      asOf: reduction.plan.asOf.map(AsOf.option), acquisition: acquisition)
  }

  /// Takes the pages, several at a time.
  private func take(workers: Int) async throws -> [Taken] {
    let work = OrderedWork<Taken?>(workers: workers) { nil }
    var taken: [Taken] = []
    _ = try await work.run(over: folder.names.count) { [folder, pack, keeping] page, run in
      page = try Self.take(folder.names[run.lowerBound], of: folder, into: pack, keeping)
    } take: { page in
      taken += [page].compactMap(\.self)
      return true
    }
    return taken
  }

  private static func take(
    _ name: String, of folder: PageFolder, into pack: PackBuilder, _ keeping: PackBuilder.Keeping
  ) throws -> Taken {
    let isCompressed = name.ends(with: ".gz")
    let (record, bytes) = try pack.keep(
      folder.path(of: name), as: "\(PageFolder.inPack)/\(name)",
      mediaType: isCompressed ? "application/gzip" : "application/json", keeping)
    guard isCompressed else {
      return Taken(record: record, bytes: record.bytes, digest: record.digest)
    }
    let body = try PageFolder.body(at: folder.path(of: name), stored: bytes)
    return Taken(record: record, bytes: body.count, digest: Digest.of(body))
  }

  func finishJournal(of pages: [PageContent]) throws -> JournalFacts {
    let file = try pack.create(Journal.path, mediaType: "application/x-ndjson")
    var journal = Journal()
    for (index, (page, content)) in zip(taken, pages).enumerated() {
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

  /// The pages as the pack holds them.
  private struct Stored: StoredPages {
    let folder: PageFolder
    let pack: PackBuilder

    var count: Int { folder.names.count }

    func name(at index: Int) -> String { folder.names[index] }

    func body(at index: Int) throws -> [UInt8] {
      let name = folder.names[index]
      return try PageFolder.body(
        at: folder.path(of: name), stored: pack.read("\(PageFolder.inPack)/\(name)"))
    }
  }
}

/// Where a run's pages come from: a server, or a folder of saved ones.
protocol PageSource {
  /// Takes every page into the pack's evidence; what is certain early may be reduced early.
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
